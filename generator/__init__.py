"""Broadsheet: a folder of news articles in, a news digest as a static site out.

The sentence that the code reads like:

    scan -> [READ -> CLEAN] -> cards -> GROUP -> corpus -> RENDER: plan -> [views -> pages -> WRITE] -> output/
            per article,               whole corpus,       per page, when
            when it changed            every build         what it shows changed

What is in brackets runs in parallel and only for what changed: engine/memory.py says how that is known.

The map:

    __main__.py    python -m generator, and the command itself
    stopping.py    how the command ends when it is told to
    cli.py         argv -> one command module, imported on demand -> exit status
    commands/      one file a subcommand, each `run(...) -> Report`
      gather.py    the first half of the sentence, for what changed: scan ... corpus
      remarks.py   what there is to say of the content as a whole
      compare.py   how articles belong together, for what changed
      linking.py   where the links between content files lead
      outputs.py   the output folder as it stands, and what a site is made with beside its articles
      copies.py    files that are published as they are, and what stands in their way
      lockfile.py  when the addresses of stories and the editions are held fast
      publish.py   the second half, for what changed: plan ... output/
      press.py     pages made: rendered and written
      deploy.py    build -> check -> compare -> carry out -> announce -> verify; workflow.py: the file for a host
    importers/     the way in: pasted text -> Markdown files in content/
    pipeline/      the five verbs, pure except write
      read/        bytes -> Document: front matter checked and typed, Markdown text, line numbers kept
      clean/       Document -> Article: residue rules as data, paragraphs, safe HTML
      addresses.py where articles and pages stand, by the names and folders of their files
      beside.py    the files beside articles: which a page shows, which are private
      cards.py     the two above for one source, with its topics: source -> Card and Article
      references.py  links to content files, in HTML that is made without knowledge of these
      group/       all cards -> Corpus: what is shown now, copies, stories, editions, topics, tags, sources, months
      render/      Corpus -> plan (which pages exist, with their views) -> HTML, feeds, sitemap
      write.py     bytes -> output/: atomic, only when they differ; removes what no page claims
    targets/       the way out: output/ -> a folder, git, rsync, a bucket, a host's own program
    engine/        how work is found, skipped, spread and bounded; knows nothing of news
      scan.py      which files there are
      store.py     names and values in one SQLite file, with seals that show damage
      memory.py    what earlier builds found out: traces of inputs and outputs, and the lock
      workers.py   work over processes, each item bounded in time
      aside.py     copies of this process that work beside it
      progress.py  whether another process gets on
      stopwatch.py where the time goes
    links.py       the links in the files of a site, and where they lead
    reach.py       asks other sites whether they have what is linked
    preview/       what `serve` shows: knows nothing of building
      watcher.py   which files change
      server.py    livereload's server in a thread of its own: one build, one reload
      handlers.py  how requests are answered, and whose
      files.py     which file of the output a request asks for
      overlay.py   what is laid over the pages: the bar, the problems of a broken build
      shown.py     the outcome of a build, as the above see it
    config/        broadsheet.toml -> Site, every key checked; deploy.py: the keys of targets
    console.py     the only module that prints: progress, report, problems, colour, --format json
    model.py       the frozen types that travel between the stages
    corpus.py      those of what group found
    names.py       names that mean the same: of tags, of publishers
    notices.py     the frozen types of what readers are told: corrections, withdrawals, changes
    destinations.py  the frozen types of [deploy.NAME]
    problems.py    what is wrong, where, and what to do about it
    commonmark/    an extension of `markdown` that reads CommonMark and what GitHub adds; knows nothing of news
    urls.py        slugs, permalinks and the files in output/ that they stand for
    modes.py       who may read files that are for the public
    lifeline.py    processes that end with the one that made them
    atomic.py      files that people own: the old bytes or the new ones, never a part
    filenames.py   which files are nobody's content
    toml.py        TOML -> tables, with the place of what is wrong
    characters.py  which characters a text may hold, and which tell it from others
    dates.py       date lines as pages show them -> days and times
    languages/     what single languages say, a file a language: dates, small words, page furniture
    digest.py      the one hash

Four floors, and nothing runs back up: `cli` above `commands`; below them, side by side, the wings that
don't know each other (`importers`, `pipeline`, `targets`, `engine`, `links`, `reach`, `preview`, `config`,
`console`); on the ground `model`, `corpus`, `names`, `notices`, `destinations`, `problems`, `urls`, `atomic`, `modes`,
`lifeline`, `stopping`, `filenames`, `toml`, `characters`, `dates`, `languages`, `commonmark` and `digest`. Commands
are the only place where the wings meet. A test reads the imports and holds the arrows.

Where a new thing goes: a language is a file in languages/ and its name in the tuple there; a clean rule is one
entry in pipeline/clean/rules.py, with its words in the files of the languages; a page kind is a view in
pipeline/render/views.py, a function in pipeline/render/plan.py that joins the tuple PAGE_KINDS, and a
template in themes/default/templates/; a command is a file in commands/ and an entry in cli.COMMANDS;
a front-matter field is an entry in pipeline/read/fields.py; a configuration key an entry in config/; a kind of
target is a type in destinations.py, its keys in config/deploy.py and a module in targets/.
"""

__version__ = "0.1.0"
