import numpy as np
import pytest

from partnerselect.kernels import draws

SEEDS = np.array([[1, 2, 3], [2**32 - 1, 0, 123456789]], dtype=np.uint32)


def mixed_by_hand(seed: int, draw: int) -> float:
    x = (seed + (draw + 1) * 0x9E3779B9) % 2**32
    x ^= x >> 16
    x = x * 0x21F0AAAD % 2**32
    x ^= x >> 15
    x = x * 0x735A2D97 % 2**32
    x ^= x >> 15
    return (x + 0.5) / 2**32


def test_uniforms_equal_the_integers_worked_by_hand() -> None:
    found = draws.uniforms(SEEDS, 5)
    wanted = [[[mixed_by_hand(int(seed), draw) for seed in row] for row in SEEDS] for draw in range(5)]
    assert found.tolist() == wanted


def test_uniforms_are_uniform_and_unrelated_across_cells() -> None:
    found = draws.uniforms(np.arange(8, dtype=np.uint32) * np.uint32(2654435761), 20_000)
    assert found.mean(axis=0) == pytest.approx(0.5, abs=5 * np.sqrt(1 / 12 / 20_000))
    assert found.var(axis=0) == pytest.approx(1 / 12, rel=0.03)
    assert np.abs(np.corrcoef(found.T) - np.eye(8)).max() < 5 / np.sqrt(20_000)


def test_a_newcomer_changes_nobodys_draws() -> None:
    alone, together = draws.uniforms(SEEDS[:1], 50), draws.uniforms(SEEDS, 50)
    assert (together[:, :1] == alone).all()


def test_triangular_has_the_mean_and_variance_of_the_distribution() -> None:
    # Kotz & van Dorp: mean (a + b + c) / 3; variance (a² + b² + c² - ab - ac - bc) / 18
    low, best, high = (np.array([[x]]) for x in (0.1, 0.2, 0.9))
    found = draws.triangular(draws.uniforms(np.array([[7]], dtype=np.uint32), 50_000), low, best, high)
    assert found.mean() == pytest.approx(0.4, abs=0.004)
    assert found.var() == pytest.approx((0.01 + 0.04 + 0.81 - 0.02 - 0.09 - 0.18) / 18, rel=0.03)
    assert found.min() >= 0.1
    assert found.max() <= 0.9


def test_unknown_is_uniform_and_certain_is_itself() -> None:
    u = np.array([[[0.25, 0.25]]])
    found = draws.triangular(u, np.array([[0.0, 0.3]]), np.array([[np.nan, 0.3]]), np.array([[1.0, 0.3]]))
    assert found.tolist() == [[[0.25, 0.3]]]


@pytest.mark.parametrize("best", [0.0, 1.0])
def test_a_best_value_at_the_edge_is_allowed(best: float) -> None:
    u = np.array([[[0.36]]])
    found = draws.triangular(u, np.array([[0.0]]), np.array([[best]]), np.array([[1.0]]))
    assert found[0, 0, 0] == pytest.approx(0.6 if best else 1 - 0.8)
