"""The workbench: a local web application over one case, started by ``zopa serve``.

Nothing is imported here, so that the command line stays quick and works without the extra ``workbench``.
"""

__all__: list[str] = []
