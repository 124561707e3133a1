from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from partnerselect.kernels import regions
from partnerselect.kernels.regions import Region

DRAWS = 40_000
ERRORS = 5  # standard errors that a sample may be off


def generator(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def polygon_moments(corners: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Exact mean and covariance on a polygon in the plane of three weights, corners in turn, by its triangles.

    On a triangle with corners p, q, r and their sum s, E[x x'] = (p p' + q q' + r r' + s s') / 12.
    """
    mean, square, area = np.zeros(3), np.zeros((3, 3)), 0.0
    for second, third in pairwise(corners[1:]):
        triangle = np.array([corners[0], second, third])
        size = float(np.linalg.norm(np.cross(second - corners[0], third - corners[0])))
        total = triangle.sum(axis=0)
        mean += size * total / 3
        square += size * (triangle.T @ triangle + np.outer(total, total)) / 12
        area += size
    mean, square = mean / area, square / area
    return mean, square - np.outer(mean, mean)


def dirichlet_covariance(count: int) -> np.ndarray:
    """Of the uniform distribution on a simplex: (I - 1/k) / (k (k + 1))."""
    covariance: np.ndarray = (np.eye(count) - 1 / count) / (count * (count + 1))
    return covariance


def check_moments(drawn: np.ndarray, mean: np.ndarray, covariance: np.ndarray) -> None:
    apart = drawn - mean
    products = apart[:, :, None] * apart[:, None, :]
    for found, wanted in ((apart, 0.0), (products, covariance)):
        error = found.std(axis=0) / np.sqrt(len(drawn))
        assert (np.abs(found.mean(axis=0) - wanted) <= ERRORS * error + 1e-12).all()


def check_inside(region: Region, drawn: np.ndarray) -> None:
    assert drawn.sum(axis=1) == pytest.approx(1, abs=1e-12)
    assert (drawn >= 0).all()
    assert (drawn @ region.a_ub.T <= region.b_ub + 1e-9).all()


@pytest.mark.parametrize("m", [1, 2, 3, 12])
def test_simplex_is_uniform(m: int) -> None:
    # For m = 2, uniform-then-normalise would have the variance 0.0518 in place of 1/12.
    drawn = regions.simplex(m).sample(DRAWS, generator())
    check_inside(regions.simplex(m), drawn)
    check_moments(drawn, np.full(m, 1 / m), dirichlet_covariance(m))


def test_order_of_importance_is_uniform() -> None:
    # Mean of the k-th largest of four: the rank-order centroid (1/k + ... + 1/4) / 4.
    region = regions.order([2, 0, 3, 1])
    centroid = np.array([25, 13, 7, 3]) / 48
    drawn = region.sample(DRAWS, generator())
    check_inside(region, drawn)
    covariance = region.corners.T @ dirichlet_covariance(4) @ region.corners
    check_moments(drawn, centroid[[1, 3, 0, 2]], covariance)
    assert (drawn[:, 2] >= drawn[:, 0]).all()
    assert (drawn[:, 3] >= drawn[:, 1]).all()


# 0.4 ± 0.1, 0.35 ± 0.1, 0.25 ± 0.1: a hexagon.
HEXAGON = np.array(
    [[0.5, 0.35, 0.15], [0.5, 0.25, 0.25], [0.4, 0.25, 0.35], [0.3, 0.35, 0.35], [0.3, 0.45, 0.25], [0.4, 0.45, 0.15]]
)
# 0.1 ± 0.5, 0.2 ± 0.1, 0.7 ± 0.3 within 0..1: the first is at most 0.5 since the others are at least 0.1 and 0.4.
CLIPPED = np.array([[0.0, 0.3, 0.7], [0.0, 0.1, 0.9], [0.5, 0.1, 0.4], [0.3, 0.3, 0.4]])
# 0.02 ± 0.02, 0.48 ± 0.01, 0.5 ± 0.3: so thin that rejection from the simplex would be hopeless.
THIN = np.array([[0.0, 0.47, 0.53], [0.0, 0.49, 0.51], [0.04, 0.49, 0.47], [0.04, 0.47, 0.49]])
BOXES = [
    pytest.param([0.4, 0.35, 0.25], 0.1, HEXAGON, id="hexagon"),
    pytest.param([0.1, 0.2, 0.7], [0.5, 0.1, 0.3], CLIPPED, id="clipped at 0"),
    pytest.param([0.02, 0.48, 0.5], [0.02, 0.01, 0.3], THIN, id="thin"),
]


@pytest.mark.parametrize(("weights", "plus_minus", "corners"), BOXES)
def test_box_is_uniform(weights: list[float], plus_minus: float, corners: np.ndarray) -> None:
    region = regions.box(weights, plus_minus)
    drawn = region.sample(DRAWS, generator())
    check_inside(region, drawn)
    check_moments(drawn, *polygon_moments(corners))


@pytest.mark.parametrize(("weights", "plus_minus", "corners"), BOXES)
def test_linear_region_is_uniform(weights: list[float], plus_minus: float, corners: np.ndarray) -> None:
    box = regions.box(weights, plus_minus)
    region = regions.polytope(box.a_ub, box.b_ub, 3)
    drawn = region.sample(DRAWS, generator())
    check_inside(region, drawn)
    check_moments(drawn, *polygon_moments(corners))


def test_box_in_many_dimensions_agrees_with_rejection_from_the_simplex() -> None:
    # Wide in some weights and narrow in others, some clipped at 0: about 1 in 25 draws from the simplex fits.
    middle, plus_minus = np.array([0.3, 0.2, 0.2, 0.15, 0.1, 0.05]), np.array([0.1, 0.2, 0.4, 0.1, 0.3, 0.3])
    region = regions.box(middle, plus_minus)
    drawn = regions.simplex(6).sample(30 * DRAWS, generator(2))
    fit = drawn[(drawn >= region.lowest).all(axis=1) & (drawn <= region.highest).all(axis=1)]
    assert len(fit) > DRAWS
    check_moments(region.sample(DRAWS // 4, generator()), fit.mean(axis=0), np.cov(fit.T))


def test_hit_and_run_agrees_with_exact_draws_in_many_dimensions() -> None:
    # Widths from 0.002 to 0.2: directions must take the shape of the region.
    middle, plus_minus = np.full(6, 1 / 6), np.array([0.001, 0.003, 0.01, 0.03, 0.1, 0.1])
    box = regions.box(middle, plus_minus)
    drawn = regions.polytope(box.a_ub, box.b_ub, 6).sample(10_000, generator())
    exact = box.sample(20 * DRAWS, generator(2))
    check_inside(box, drawn)
    check_moments(drawn, exact.mean(axis=0), np.cov(exact.T))


@pytest.mark.parametrize(
    "room",
    [pytest.param(1e-3, id="near the lowest"), pytest.param(0.6 - 1e-3, id="near the highest")],
)
def test_box_with_little_room_is_a_small_simplex(room: float) -> None:
    # Three weights from 0.2 up to 0.4 after a shift: close to a corner the region is a triangle of that size.
    lowest = np.full(3, (1 - room) / 3)
    drawn = regions.between(lowest, lowest + 0.2).sample(DRAWS, generator())
    size = min(room, 0.6 - room)
    check_moments(drawn, np.full(3, 1 / 3), size**2 * dirichlet_covariance(3))


@pytest.mark.parametrize(
    "region",
    [
        pytest.param(regions.box([0.2, 0.3, 0.5], [0.1, 0.0, 0.1]), id="box"),
        pytest.param(
            regions.polytope([[0, 1, 0], [0, -1, 0], [1, 0, 0], [-1, 0, 0]], [0.3, -0.3, 0.3, -0.1], 3), id="linear"
        ),
        pytest.param(regions.hull([[0.1, 0.3, 0.6], [0.3, 0.3, 0.4], [0.2, 0.3, 0.5]]), id="viewpoints in a row"),
        pytest.param(regions.hull([[0.1, 0.3, 0.6], [0.3, 0.3, 0.4]]), id="two viewpoints"),
    ],
)
def test_a_flat_region_is_a_segment(region: Region) -> None:
    # From (0.1, 0.3, 0.6) to (0.3, 0.3, 0.4): the variance along it is a twelfth of its length squared.
    along = np.array([0.2, 0.0, -0.2])
    drawn = region.sample(DRAWS, generator())
    check_inside(region, drawn)
    check_moments(drawn, np.array([0.2, 0.3, 0.5]), np.outer(along, along) / 12)


@pytest.mark.parametrize(
    "region",
    [
        pytest.param(regions.box([0.2, 0.3, 0.5], 0), id="box"),
        pytest.param(regions.between([0.2, 0.3, 0.5], [1.0, 1.0, 1.0]), id="lowest sum to 1"),
        pytest.param(regions.between([0.0, 0.0, 0.0], [0.2, 0.3, 0.5]), id="highest sum to 1"),
        pytest.param(regions.polytope([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [0.2, 0.3, 0.5], 3), id="linear"),
        pytest.param(regions.hull([[0.2, 0.3, 0.5], [2.0, 3.0, 5.0]]), id="one viewpoint twice"),
    ],
)
def test_a_single_point(region: Region) -> None:
    drawn = region.sample(5, generator())
    assert drawn == pytest.approx(np.tile([0.2, 0.3, 0.5], (5, 1)), abs=1e-9)
    check_inside(region, drawn)


@pytest.mark.parametrize(
    "region",
    [
        pytest.param(regions.simplex(1), id="simplex"),
        pytest.param(regions.order([0]), id="order"),
        pytest.param(regions.box([1.0], 0.1), id="box"),
        pytest.param(regions.polytope(np.zeros((0, 1)), [], 1), id="linear"),
        pytest.param(regions.hull([[3.0]]), id="hull"),
    ],
)
def test_one_criterion_has_all_the_weight(region: Region) -> None:
    assert region.criteria == 1
    assert region.sample(3, generator()).tolist() == [[1.0], [1.0], [1.0]]


def test_hull_of_independent_viewpoints_is_uniform() -> None:
    points = generator(3).dirichlet(np.ones(5), 3)
    region = regions.hull(points)
    drawn = region.sample(DRAWS, generator())
    check_inside(region, drawn)
    check_moments(drawn, points.mean(axis=0), points.T @ dirichlet_covariance(3) @ points)


def test_hull_of_more_viewpoints_is_uniform_and_those_inside_change_nothing() -> None:
    inner = [[0.4, 0.35, 0.25], [0.41, 0.33, 0.26], [0.5, 0.35, 0.15]]
    region = regions.hull(np.vstack([HEXAGON[[3, 0, 5, 2, 4, 1]], inner]))
    drawn = region.sample(DRAWS, generator())
    check_inside(region, drawn)
    check_moments(drawn, *polygon_moments(HEXAGON))


def test_hull_in_many_dimensions_agrees_with_rejection_by_its_constraints() -> None:
    region = regions.hull(generator(4).dirichlet(np.full(5, 0.2), 12))
    drawn = regions.simplex(5).sample(20 * DRAWS, generator(2))
    fit = drawn[(drawn @ region.a_ub.T <= region.b_ub).all(axis=1)]
    assert len(fit) > DRAWS
    check_moments(region.sample(DRAWS // 4, generator()), fit.mean(axis=0), np.cov(fit.T))


def test_ballots_on_a_coarse_scale_make_a_hull() -> None:
    # Points 0, 50 or 100 on six criteria: many ballots are equal, on one line or in one plane.
    ballots = generator(5).choice([0, 50, 100], size=(25, 6))
    region = regions.hull(ballots[ballots.any(axis=1)])
    check_inside(region, region.sample(1000, generator()))
    check_inside(region, region.corners)


@pytest.mark.parametrize(
    "points",
    [
        pytest.param([[0.1, 0.3, 0.6], [0.3, 0.3, 0.4]], id="segment"),
        pytest.param([[0.1, 0.3, 0.6], [0.3, 0.3, 0.4], [0.6, 0.2, 0.2]], id="triangle"),
        pytest.param(HEXAGON, id="hexagon"),
    ],
)
def test_constraints_of_a_hull_keep_out_what_lies_beyond_its_corners(points: ArrayLike) -> None:
    region = regions.hull(points)
    middle = region.corners.mean(axis=0)
    beyond = middle + 1.01 * (region.corners - middle)
    assert (region.corners @ region.a_ub.T <= region.b_ub + 1e-12).all()
    assert (beyond @ region.a_ub.T > region.b_ub + 1e-6).any(axis=1).all()


def test_a_hull_with_too_many_facets_is_refused_but_can_be_optimised_over() -> None:
    region = regions.hull(generator(6).dirichlet(np.ones(14), 60))
    assert regions.mixture(region, 14).basis.shape == (60, 14)
    with pytest.raises(ValueError, match=r"60 points in 13 dimensions may have .* facets"):
        region.sample(1, generator())
    with pytest.raises(ValueError, match="facets"):
        _ = region.a_ub


REGIONS: list[tuple[str, Callable[[], Region]]] = [
    ("simplex", lambda: regions.simplex(3)),
    ("order", lambda: regions.order([1, 0, 2])),
    ("box", lambda: regions.box([0.4, 0.35, 0.25], 0.1)),
    ("rejection", lambda: regions.polytope([[1, 0, 0]], [0.5], 3)),
    ("hit-and-run", lambda: regions.polytope([[1, 0, 0], [-1, 0, 0]], [0.5, -0.49], 3)),
    ("hull", lambda: regions.hull(HEXAGON)),
]
EVERY_REGION = pytest.mark.parametrize("make", [pytest.param(make, id=name) for name, make in REGIONS])


@EVERY_REGION
@pytest.mark.parametrize("size", [0, 1, 7, 2500])
def test_the_sample_has_the_size_asked_for(make: Callable[[], Region], size: int) -> None:
    assert make().sample(size, generator()).shape == (size, 3)


@EVERY_REGION
def test_the_same_seed_gives_the_same_numbers(make: Callable[[], Region]) -> None:
    region = make()
    first, second = region.sample(50, generator()), region.sample(50, generator())
    assert first.tolist() == second.tolist() == make().sample(50, generator()).tolist()
    assert first.tolist() != region.sample(50, generator(2)).tolist()


@EVERY_REGION
def test_mixtures_make_the_region(make: Callable[[], Region]) -> None:
    region = make()
    form = regions.mixture(region, 3)
    shares = generator().dirichlet(np.ones(len(form.basis)), 2000)
    shares = shares[(shares @ form.a_ub.T <= form.b_ub).all(axis=1)]
    check_inside(region, shares @ form.basis)


def test_without_a_region_all_weights_are_meant() -> None:
    form = regions.mixture(None, 2)
    assert (form.basis.tolist(), form.a_ub.shape, form.b_ub.shape) == ([[1, 0], [0, 1]], (0, 2), (0,))


def test_a_region_of_other_criteria_is_refused() -> None:
    with pytest.raises(ValueError, match="about 3 criteria; the values have 4"):
        regions.mixture(regions.simplex(3), 4)


@given(st.permutations(range(5)))
def test_an_order_holds_its_corners_and_no_other_order(indices: list[int]) -> None:
    region = regions.order(indices)
    check_inside(region, region.corners)
    weights = np.empty(5)
    weights[indices] = [1, 2, 3, 4, 5]
    assert (region.a_ub @ weights > region.b_ub).all()


@given(st.lists(st.integers(0, 20), min_size=2, max_size=8).filter(any), st.integers(0, 20), st.integers(0, 10**6))
def test_a_box_keeps_its_promise(points: list[int], twentieths: int, seed: int) -> None:
    weights = np.array(points) / sum(points)
    region = regions.box(weights, twentieths / 20)
    drawn = region.sample(20, generator(seed))
    check_inside(region, drawn)
    assert (np.abs(drawn - weights) <= twentieths / 20 + 1e-12).all()


def test_more_draws_than_fit_in_one_batch() -> None:
    assert regions.box([0.25] * 4, 0.1).sample(300_000, generator()).shape == (300_000, 4)
    region = regions.polytope([[1, 0, 0, 0]], [0.15], 4)
    assert region.sample(300_000, generator()).shape == (300_000, 4)


@pytest.mark.parametrize(
    ("build", "told"),
    [
        pytest.param(lambda: regions.simplex(0), "m is 0", id="no criteria"),
        pytest.param(lambda: regions.order([]), "exactly once", id="empty order"),
        pytest.param(lambda: regions.order([0, 2]), "exactly once", id="criterion left out"),
        pytest.param(lambda: regions.order([0, 1, 1]), "exactly once", id="criterion twice"),
        pytest.param(lambda: regions.order([[0, 1]]), "exactly once", id="order is a matrix"),
        pytest.param(lambda: regions.box([0.5, 0.5], -0.1), "negative", id="negative width"),
        pytest.param(lambda: regions.box([0.5, 0.5], [0.1, 0.1, 0.1]), "shape", id="widths do not fit"),
        pytest.param(lambda: regions.box([[0.5, 0.5]], 0.1), "shape", id="weights are a matrix"),
        pytest.param(lambda: regions.box([0.5, np.nan], 0.1), "finite", id="NaN weight"),
        pytest.param(lambda: regions.box([0.5, 0.5], np.inf), "finite", id="infinite width"),
        pytest.param(lambda: regions.box([0.2, 0.2], 0.1), "no weights fit", id="box too low"),
        pytest.param(lambda: regions.box([0.9, 0.9], 0.1), "no weights fit", id="box too high"),
        pytest.param(lambda: regions.box([], 0.1), "no weights fit", id="empty box"),
        pytest.param(lambda: regions.between([0.5, 0.6], [0.4, 0.7]), "no weights fit", id="lowest above highest"),
        pytest.param(lambda: regions.polytope([[1, 0]], [-0.1], 2), "no weights satisfy", id="negative weight asked"),
        pytest.param(
            lambda: regions.polytope([[1, 0], [0, 1]], [0.4, 0.5], 2), "no weights satisfy", id="too little weight"
        ),
        pytest.param(
            lambda: regions.polytope([[1, 1], [1, 0]], [0.9, 0.5], 2), "no weights satisfy", id="sum below 1 asked"
        ),
        pytest.param(lambda: regions.polytope([[1, 0]], [0.1, 0.2], 2), "shape", id="limits do not fit"),
        pytest.param(lambda: regions.polytope([[1, 0]], [np.nan], 2), "finite", id="NaN limit"),
        pytest.param(lambda: regions.polytope([], [], 0), "m is 0", id="linear without criteria"),
        pytest.param(lambda: regions.hull([]), "shape", id="no viewpoint"),
        pytest.param(lambda: regions.hull(np.zeros((0, 2))), "at least one", id="empty matrix"),
        pytest.param(lambda: regions.hull([[0.5, 0.5], [0.0, 0.0]]), "not all of them 0", id="weights all 0"),
        pytest.param(lambda: regions.hull([[0.5, -0.5]]), "none negative", id="negative viewpoint"),
        pytest.param(lambda: regions.hull([[0.5, np.nan]]), "finite", id="NaN viewpoint"),
    ],
)
def test_what_makes_no_region_is_named(build: Callable[[], Region], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        build()
