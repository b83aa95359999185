"""One file a subcommand, each with `add_arguments(parser)` and `run(options, console) -> Report`.

The only place where the wings meet. gather.py and publish.py hold what several
commands share, workflow.py a part of deploy.
"""
