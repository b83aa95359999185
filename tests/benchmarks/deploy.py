"""Deploys one site to one S3 server with Broadsheet and with `hugo deploy`, in turns, and compares.

    deploy.py --hugo CMD [1000] [--server rclone|moto] [--runs 5]

Phases: first (an empty bucket), no change, one edit (one article's pages differ). Both only deploy: Broadsheet
with --no-build, which checks all links first, as it always does; Hugo the same files from a folder of its
own. The ratio is that of medians.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.corpus import articles  # noqa: E402 - the script is run by its path
from tests.servers import KEY, SECRET, Bucket, moto_bucket, rclone_bucket  # noqa: E402

SERVERS = {"rclone": rclone_bucket, "moto": moto_bucket}
PHASES = ("first", "no change", "one edit")
NAMES = ("Broadsheet", "Hugo")


def make_site(root: Path, count: int, bucket: Bucket) -> None:
    """A made-up site, built, and Hugo's copy of its output."""
    table = f'[deploy.b]\ntarget = "s3"\nurl = "s3://{bucket.name}/broadsheet"\nendpoint = "{bucket.endpoint}"\n'
    for draft in articles(count):
        path = root / "content" / f"{draft.name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(draft.text)
    (root / "broadsheet.toml").write_text(f'base_url = "https://digest.example.org/"\ntitle = "Bench"\n{table}')
    subprocess.run([sys.executable, "-m", "generator", "-C", root, "build", "-q"], cwd=ROOT, check=True)
    host = bucket.endpoint.removeprefix("http://")
    url = f"s3://{bucket.name}?endpoint=http://{host}&use_path_style=true&region=us-east-1&disable_https=true"
    (root / "hugo").mkdir()
    (root / "hugo" / "hugo.toml").write_text(
        f'baseURL = "https://digest.example.org/"\n[[deployment.targets]]\nname = "b"\nURL = "{url}&prefix=hugo/"\n'
    )


def copy_output(root: Path) -> None:
    """Hugo's folder, as Broadsheet's is now."""
    shutil.rmtree(root / "hugo/public", ignore_errors=True)
    shutil.copytree(root / "output", root / "hugo/public")
    (root / "hugo/public/.broadsheet.json").unlink()


def prepare(root: Path, bucket: Bucket, phase: str, run: int) -> None:
    """What happens before a phase and is not timed."""
    if phase == "first":
        bucket.clear()
    elif phase == "one edit":
        article = sorted((root / "content").glob("2*/**/*.md"))[run]
        article.write_text(f"{article.read_text()}\nOne more paragraph, number {run}.\n")
        subprocess.run([sys.executable, "-m", "generator", "-C", root, "build", "-q"], cwd=ROOT, check=True)
    copy_output(root)
    os.sync()


def seconds(name: str, root: Path, hugo: str) -> float:
    """What one deploy takes, as a process."""
    keys = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
    ours = [sys.executable, "-m", "generator", "-C", str(root), "deploy", "--no-build", "--max-deletes", "10000"]
    theirs = [hugo, "deploy", "--source", str(root / "hugo"), "--target", "b", "--maxDeletes", "-1"]
    start = time.perf_counter()
    subprocess.run(
        ours if name == "Broadsheet" else theirs,
        cwd=ROOT,
        env={**os.environ, **keys},
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def measure(root: Path, bucket: Bucket, hugo: str, runs: int) -> dict[tuple[str, str], list[float]]:
    """The times by phase and name."""
    times: dict[tuple[str, str], list[float]] = {}
    for run in range(runs):
        for phase in PHASES:
            prepare(root, bucket, phase, run)
            for name in NAMES if run % 2 else reversed(NAMES):
                times.setdefault((phase, name), []).append(seconds(name, root, hugo))
        held = [bucket.store(prefix).list().collect() for prefix in ("broadsheet", "hugo")]
        assert {item["path"] for item in held[0]} == {item["path"] for item in held[1]}
    return times


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", nargs="?", type=int, default=1000, help="articles")
    parser.add_argument("--hugo", required=True, help="a Hugo that was built with deploy")
    parser.add_argument("--server", choices=SERVERS, default="rclone")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site, files = Path(folder) / "site", Path(folder) / "server"
        files.mkdir()
        with SERVERS[options.server](files) as bucket:
            make_site(site, options.count, bucket)
            times = measure(site, bucket, options.hugo, options.runs)
        number = sum(path.is_file() for path in (site / "output").rglob("*")) - 1
    print(f"{number:,} files, {options.server}, {options.runs} runs, median seconds")
    print("| phase | Broadsheet | Hugo | ratio |\n|---|---|---|---|")
    for phase in PHASES:
        ours, theirs = (statistics.median(times[phase, name]) for name in NAMES)
        print(f"| {phase} | {ours:.2f} | {theirs:.2f} | {ours / theirs:.2f} |")


if __name__ == "__main__":
    main()
