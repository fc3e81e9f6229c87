"""Late requests of a page that was left, while the next one runs: they are ignored."""

from streamlit.runtime.scriptrunner import get_script_run_ctx


def forget() -> None:
    """Call it at the start of a run that shows another page: later requests of the previous page are refused.

    Streamlit 1.67 forgets the fragments of the previous page only at the end of the run. A report that reaches one
    during the run would make it run after the new page, which would then be removed with its widgets' values.
    """
    if (context := get_script_run_ctx()) is not None:
        context.fragment_storage.clear()
