"""What is measured and kept after every epoch of a training, besides the means of its scalars."""


class Record:
    """record(model) -> {name: number} joins the history; `state_dict` goes into the state of an unfinished training.

    store(recipe) is called once at the end, when the checkpoint has been written.
    """

    def __call__(self, model):
        return {}

    def state_dict(self):
        return {}

    def load_state_dict(self, state):
        pass

    def figures(self, history):
        """(metrics, protocol) for the card that the whole history gives."""
        return {}, {}

    def store(self, recipe):
        pass
