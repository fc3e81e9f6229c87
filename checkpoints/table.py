"""The results table: one row per checkpoint, its headline figures straight from the card."""

from checkpoints import Card, gallery

# What a row shows, in this order, where the card has it: (metric, heading of the figure, format).
HEADLINES = (
    ("test_elbo", "ELBO {:.2f} nats"),
    ("valid_elbo", "valid ELBO {:.2f} nats"),
    ("test_log_px_k200", "log p(x) {:.2f} nats (K = 200)"),
    ("valid_log_px_k200", "valid log p(x) {:.2f} nats"),
    ("kl_last_1000", "KL {:.2f} nats over the last 1,000 steps"),
    ("mig", "MIG {:.2f}"),
    ("test_mse", "MSE {:.5f}"),
    ("test_mse_pca{latent}", "PCA of that size {:.5f}"),
    ("test_cosine", "cosine {:.4f}"),
    ("knn5_accuracy", "5-NN {:.2%}"),
    ("same_digit_rows_kept", "same-digit rows kept {:.1%}"),
    ("test_accuracy", "accuracy {:.2%}"),
    ("svhn_real_accuracy", "on real SVHN digits {:.2%}"),
    ("test_psnr_inside", "patch of Gaussian noise: inside {:.1f} dB"),
    ("test_psnr_inside_informed", "place known {:.1f} dB"),
    ("test_psnr_inside_noisy", "noisy picture {:.1f} dB"),
    ("test_psnr_inside_train_mean", "train mean {:.1f} dB"),
    ("test_psnr_inside_pca", "PCA {:.1f} dB"),
    ("test_psnr_outside", "outside {:.1f} dB"),
    ("frechet_{dataset}_10k", "Fréchet {:.2f} (10,000 samples)"),
    ("frechet_{dataset}_3k", "Fréchet {:.2f} (3,000 samples)"),
    ("frechet_{dataset}_5k", "Fréchet {:.2f} (5,000 samples)"),
    ("frechet_{dataset}_prior_10k", "Fréchet of prior samples {:.1f}"),
    ("frechet_{dataset}_mixture_10k", "with the second stage {:.1f}"),
    ("frechet_floor", "real against real {:.2f}"),
    ("fid_{dataset}_5k", "FID {:.1f} ({count} samples)"),
    ("fid_{dataset}_3k", "FID {:.1f} ({count} samples)"),  # as many as there are real pictures
    ("fid_floor", "real against real {:.1f}"),
    ("recognised", "recognised {:.1%}"),
    ("energy_distance", "energy distance {:.4f}"),
    ("energy_floor_95", "its 95% floor {:.4f}"),
    ("starts_under_floor", "{} of ten starts below it"),
)

BEGIN, END = "<!-- results -->", "<!-- /results -->"


def results_table() -> str:
    """The table as Markdown, ending in a newline."""
    rows = ["| checkpoint | what | trained on | test figures | time | command |", "|---|---|---|---|---|---|"]
    for card in gallery():
        headlines = ((key.format(latent=card.latent, dataset=card.dataset["name"]), text) for key, text in HEADLINES)
        figures = ", ".join(_figure(card, key, text) for key, text in headlines if key in card.metrics)
        minutes = f"{card.run['seconds'] / 60:.1f} min"
        data = f"{card.dataset['name']}, {card.dataset['train_images']:,} {card.dataset.get('unit', 'images')}"
        rows.append(f"| `{card.name}` | {card.title} | {data} | {figures} | {minutes} | `{card.run['command']}` |")
    return "\n".join(rows) + "\n"


def _figure(card: Card, key: str, text: str) -> str:
    """A headline; the protocol of the metric begins with the number of samples."""
    return text.format(card.metrics[key], count=card.protocol.get(key, "").partition(" ")[0])


def with_table(text: str) -> str:
    """`text` (the README) with the part between the two markers replaced by the present table."""
    return between(text, BEGIN, END, results_table())


def between(text: str, begin: str, end: str, lines: str) -> str:
    """`text` with the part between two markers replaced by lines that end in a newline."""
    head, _, rest = text.partition(begin)
    _, _, tail = rest.partition(end)
    return f"{head}{begin}\n{lines}{end}{tail}"
