"""Commands that are told to stop end: at any moment, soon, alone, with their status, and what they leave is whole."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.attacks import Attack
from tests.benchmarks.corpus import articles
from tests.conftest import CONFIGURATION, NOW, SiteFolder
from tests.stops import LINES, STOPS, Started, command, group, stop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nobody watches over the command")

# The same without its hard end: what ends then does so in good order.
PATIENT = """
import os, sys
sys.path[0] = os.getcwd()
from generator import stopping
from generator.__main__ import main
stopping._AGAIN_S = stopping._END_S = 3600
sys.argv[1:] = {arguments!r}
main()
"""


@pytest.fixture
def news(make_site: Callable[..., SiteFolder]) -> SiteFolder:
    """A site whose build takes a while."""
    site = make_site(CONFIGURATION + '[deploy.local]\ntarget = "folder"\npath = "../www"\n')
    for draft in articles(300):
        site.write(f"content/{draft.name}.md", draft.text)
    return site


def begin(code: str, *words: str) -> Started:
    """A command that runs a piece of code, and prints "ready" when it is at it; in our hands by then."""
    program = f"import sys\nfrom generator import stopping\nstopping.begin({list(words)!r})\n"
    body = "".join(f"    {line}\n" for line in code.strip().splitlines())
    started = Started(["-c", f"{program}def work():\n{body}\nstopping.carry_out(work)"])
    assert started.process.stdout
    assert started.process.stdout.readline() == b"ready\n"
    return started


@pytest.mark.parametrize("how", STOPS)
def test_attack_a_preview_is_stopped_in_its_first_second(site: SiteFolder, how: signal.Signals, attack: Attack) -> None:
    site.article("x")
    chance, tries, losses = random.Random(how), attack.tries(3, 60), []
    for _ in range(tries):
        started = Started(command(site.root, "serve", "-p", "0", "--now", NOW))
        time.sleep(chance.uniform(0, 1))
        losses.append(stop(started, how, is_preview=True))
    attack.ended(f"a preview is told to stop in its first second ({how.name})", tries, list(filter(None, losses)))


def test_attack_a_preview_is_stopped_and_nothing_ends_it_by_force(site: SiteFolder, attack: Attack) -> None:
    site.article("x")
    chance, tries, losses = random.Random(3), attack.tries(4, 60), []
    for number in range(tries):
        arguments = ["-C", str(site.root), "serve", "-p", "0", "--now", NOW]
        started = Started(["-c", PATIENT.format(arguments=arguments)])
        started.await_our_hands()
        time.sleep(chance.uniform(0, 1))
        losses.append(stop(started, STOPS[number % 2], is_preview=True))
    attack.ended("a preview is told to stop, without the hard end", tries, list(filter(None, losses)))


@pytest.mark.parametrize("is_patient", [False, True])
def test_attack_a_build_is_stopped(news: SiteFolder, attack: Attack, *, is_patient: bool) -> None:
    chance, tries, losses = random.Random(7), attack.tries(4, 60), []
    for number in range(tries):
        arguments = ["-C", str(news.root), "build", "--now", NOW, *(["--fresh"] if number % 4 else [])]
        started = Started(
            ["-c", PATIENT.format(arguments=arguments)] if is_patient else ["-m", "generator", *arguments]
        )
        if is_patient:
            started.await_our_hands()
        elif number % 3 == 0:
            await_workers(started)
        time.sleep(chance.uniform(0, 1))
        losses.append(stop(started, STOPS[number % 2], may_be_done=True))
    news.build()
    stopped = news.outputs()
    news.build("-o", "other", "--fresh")
    other = SiteFolder(news.root)
    other.output = news.root / "other"
    losses += [""] if stopped == other.outputs() else ["the site is not the same afterwards"]
    what = ", without the hard end" if is_patient else " in its first second, and while it has helpers"
    attack.ended(f"a build is told to stop{what}", tries, list(filter(None, losses)))


def await_workers(started: Started) -> None:
    """Waits until others work for a command, or it has ended."""
    while len(group(started.process.pid)) < 3 and started.process.poll() is None:
        time.sleep(0.002)


@pytest.mark.parametrize(
    "arguments",
    [("tidy",), ("import", "pasted.txt"), ("check",), ("deploy", "-n"), ("list", "articles"), ("topics", "learn")],
)
def test_attack_other_commands_are_stopped(news: SiteFolder, attack: Attack, arguments: tuple[str, ...]) -> None:
    news.write("pasted.txt", "A headline\n\n2 January 2024\n\nOne sentence of news.\n")
    news.build()  # there is something to check
    chance, tries, losses = random.Random(9), attack.tries(2, 20), []
    for number in range(tries):
        started = Started(command(news.root, *arguments))
        time.sleep(chance.uniform(0, 0.5))
        losses.append(stop(started, STOPS[number % 2], may_be_done=True))
    attack.ended(f"`{' '.join(arguments)}` is told to stop", tries, list(filter(None, losses)))


@pytest.mark.parametrize("how", STOPS)
def test_what_waits_for_input_is_stopped(site: SiteFolder, how: signal.Signals) -> None:
    started = Started(command(site.root, "import", "-"), stdin=subprocess.PIPE)
    started.await_our_hands()
    assert stop(started, how) == ""


@pytest.mark.parametrize("times", [2, 10])
@pytest.mark.parametrize("how", STOPS)
def test_it_may_be_told_again_and_again(how: signal.Signals, times: int) -> None:
    started = begin("print('ready', flush=True)\nimport time\ntime.sleep(600)")
    assert stop(started, how, times=times) == ""


@pytest.mark.parametrize("how", STOPS)
@pytest.mark.parametrize(
    "code",
    [
        pytest.param("sum(range(10**13))", id="in an extension that lets nobody else run"),
        pytest.param("while True:\n  try: time.sleep(600)\n  except BaseException: pass", id="who takes everything"),
        pytest.param(
            "class Slow:\n  def __del__(self): time.sleep(0.2)\nwhile True: Slow()",
            id="in finalisers, where exceptions are lost",
        ),
        pytest.param(
            "import weakref\nclass Some: pass\nwhile True:\n"
            "  it = Some()\n  told = weakref.ref(it, lambda _: time.sleep(0.2))\n  del it",
            id="in callbacks, where they are lost too",
        ),
        pytest.param("try: time.sleep(600)\nfinally: time.sleep(600)", id="who has much to clean up"),
        pytest.param(
            "import threading\nit = threading.Thread(target=time.sleep, args=(600,))\nit.start()\nit.join()",
            id="while a thread is awaited",
        ),
        pytest.param(
            "import threading\nthreading.Thread(target=time.sleep, args=(600,)).start()\nraise KeyError('x')",
            id="while a thread is left",
        ),
        pytest.param(
            "import signal\nsignal.pthread_sigmask(0, signal.valid_signals())\ntime.sleep(600)", id="who is deaf"
        ),
        pytest.param("import subprocess\nsubprocess.run(['sleep', '600'])", id="while a program is at work"),
        pytest.param(
            "import subprocess\nleft = subprocess.Popen(['sleep', '600'])\nsum(range(10**13))",
            id="who has forgotten a program",
        ),
        pytest.param(
            "from generator.engine.aside import Copy\n"
            "with Copy(lambda _: sum(range(10**13))) as copy: copy.ask(None, 600)()",
            id="while a copy works",
        ),
        pytest.param(
            "from generator.engine.workers import spread\n"
            "list(spread(lambda some: [sum(range(10**13))], range(9), jobs=3, seconds=600))",
            id="while workers work",
        ),
        pytest.param(
            "from generator.engine.workers import spread\n"
            "list(spread(lambda some: [sum(range(10**13))], range(9), jobs=3, seconds=600,\n"
            "  meanwhile=lambda: sum(range(10**13))))",
            id="while all are in an extension",
        ),
    ],
)
def test_whatever_it_is_at_it_ends(how: signal.Signals, code: str) -> None:
    started = begin(f"import time\nprint('ready', flush=True)\n{code}")
    loss = stop(started, how)
    if "KeyError" in code:  # the defect may have ended it by itself
        assert "Traceback" in loss or not loss
        return
    assert loss == ""


@pytest.mark.parametrize("how", STOPS)
def test_a_group_that_is_told_ends_in_one_line(how: signal.Signals) -> None:
    started = begin(
        "print('ready', flush=True)\nfrom generator.engine.workers import spread\n"
        "list(spread(lambda some: [sum(range(10**13))], range(9), jobs=3, seconds=600))"
    )
    await_workers(started)
    for _ in range(3):
        os.killpg(started.process.pid, how)
    ended = started.end()
    assert (ended.status, ended.stderr) == (128 + how, LINES[how])


def test_who_tells_the_process_that_works_tells_the_command() -> None:
    started = begin("import os, time\nprint('ready', flush=True)\nprint(os.getpid(), flush=True)\ntime.sleep(600)")
    assert started.process.stdout
    os.kill(int(started.process.stdout.readline()), signal.SIGTERM)
    ended = started.end()
    assert (ended.status, ended.stderr) == (143, "terminated\n")


def test_in_good_order_it_cleans_up_before_it_ends(tmp_path: Path) -> None:
    trace = tmp_path / "trace"
    started = begin(
        "import time, pathlib\ntry:\n  print('ready', flush=True)\n  time.sleep(600)\n"
        f"finally: pathlib.Path({str(trace)!r}).write_text('cleaned up')"
    )
    assert stop(started, signal.SIGTERM) == ""
    assert trace.read_text() == "cleaned up"


@pytest.mark.parametrize("victim", ["the one that was started", "the one that works"])
def test_where_one_is_killed_all_are_gone(victim: str) -> None:
    started = begin(
        "import os\nprint('ready', flush=True)\nprint(os.getpid(), flush=True)\n"
        "from generator.engine.workers import spread\n"
        "list(spread(lambda some: [sum(range(10**13))], range(9), jobs=3, seconds=600))"
    )
    assert started.process.stdout
    worker = int(started.process.stdout.readline())
    await_workers(started)
    if victim == "the one that works":
        os.kill(worker, signal.SIGKILL)
        ended = started.end()
        assert (ended.status, ended.stderr) == (128 + signal.SIGKILL, "ended by signal 9\n")
    else:
        started.process.kill()
        assert started.end().status == -signal.SIGKILL


def test_in_the_background_of_a_script_it_is_not_interrupted() -> None:
    script = (
        "import signal, os\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "from generator import stopping\nstopping.begin(['build'])\n"
        "def work():\n  os.killpg(0, signal.SIGINT)\n  return 7\nstopping.carry_out(work)"
    )
    assert Started(["-c", script]).end().status == 7


@pytest.mark.parametrize(("outcome", "status"), [("return 3", 3), ("sys.exit(4)", 4), ("sys.exit('why')", 1)])
def test_its_exit_status_is_handed_on(outcome: str, status: int) -> None:
    assert begin(f"print('ready', flush=True)\n{outcome}").end().status == status


def test_a_defect_is_shown() -> None:
    ended = begin("print('ready', flush=True)\nraise KeyError('a defect')").end()
    assert ended.status == 1
    assert "KeyError: 'a defect'" in ended.stderr


def test_a_process_that_cannot_be_divided_stops_all_the_same() -> None:
    script = (
        "import os\ndef refuse(): raise BlockingIOError(11, 'too many')\nos.fork = refuse\n"
        "from generator import stopping\nimport time\nstopping.begin(['build'])\n"
        "def work():\n  print('ready', flush=True)\n  {}\nstopping.carry_out(work)"
    )
    for code in ("time.sleep(600)", "\n  while True:\n    try: time.sleep(600)\n    except BaseException: pass"):
        for how in STOPS:
            started = Started(["-c", script.format(code)])
            assert started.process.stdout
            assert started.process.stdout.readline() == b"ready\n"
            assert stop(started, how) == ""
