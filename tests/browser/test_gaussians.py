"""Bells under the hand in a real browser: JavaScript's numbers are those of Python, before and after release."""

import pytest

from ui.learn import gan_divergences


def opened(new_page, path="/gan_divergences", **options):
    page = new_page(path, **options)
    page.locator(".gaussians .stage circle").first.wait_for()
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")
    return page


def numbers(page):
    """[[loss, divergence]] of the table."""
    texts = page.locator(".gaussians tbody td:nth-child(even)").all_inner_texts()
    values = [float(text.replace("−", "-")) for text in texts]
    return [values[k : k + 2] for k in range(0, len(values), 2)]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("one", gan_divergences.START["one"]),
        ("two", gan_divergences.START["two"]),
        ("one", [-6, 0.3, 6, 3]),
        ("one", [1, 0.3, 1, 3]),
        ("two", [-6, 0.3, 6, 3, -2, 0.3]),
    ],
)
def test_the_browsers_integrals_are_those_of_the_server(new_page, kind, told):
    page = opened(new_page, f"/gan_divergences?data={kind}&bells={'_'.join(map(str, told))}")
    for (value, expected), row in zip(numbers(page), gan_divergences.sides([float(n) for n in told]), strict=True):
        assert value == pytest.approx(row.value, abs=3e-6)
        assert expected == pytest.approx(row.expected, abs=3e-6)


def test_a_bell_follows_the_hand_and_the_link_keeps_it(new_page):
    page = opened(new_page)
    box = page.locator(".gaussians .stage circle").nth(1).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    seen = [numbers(page)]
    page.mouse.move(x, y)
    page.mouse.down()
    for by in (20, 40, 80):
        page.mouse.move(x + by, y + by / 8)
        seen.append(numbers(page))
    assert "bells=" not in page.url
    wasserstein = [rows[3][1] for rows in seen]
    assert wasserstein == sorted(set(wasserstein))
    for rows in seen:
        for value, expected in rows:
            assert value == pytest.approx(expected, abs=2e-6)
    page.mouse.up()
    page.wait_for_url("**bells=*")
    other = opened(new_page, "/" + page.url.split("/", 3)[3])
    assert numbers(other) == numbers(page)


def test_the_sliders_move_a_bell_by_keys(new_page):
    page = opened(new_page)
    slider = page.get_by_label("mean of q")
    slider.focus()
    before = numbers(page)
    page.keyboard.press("ArrowRight")
    assert numbers(page) != before
    page.wait_for_url("**bells=-1_1_1.51_0.7")


@pytest.mark.parametrize("size", [(390, 844), (1440, 900)])
def test_nothing_is_wider_than_the_window(new_page, size):
    page = opened(new_page, viewport={"width": size[0], "height": size[1]})
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= size[0]
