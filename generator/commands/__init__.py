"""One file a subcommand, each with `add_arguments(parser)` and `run(options, console) -> Report`.

The only place where the wings meet. Several commands share desk.py, survey.py, gather.py with compare.py, and
publish.py, in the order of the sentence; workflow.py is a part of deploy.
"""
