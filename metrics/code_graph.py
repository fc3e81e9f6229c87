"""Where the codes of pictures lie: the distance of a point from them, and a path between two points along them.

The graph joins every code to its nearest neighbours, as Isomap does (Tenenbaum et al. 2000); Chen et al. (2019) use the
shortest path in it as a path through the latent space of a VAE. An edge costs the *square* of its length, so that many
short steps are cheaper than one jump across a gap: in a dense sample, such a path minimises a length that is weighted
more where codes are sparse (Hwang et al. 2016).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.spatial.distance import cdist
from sklearn.neighbors import kneighbors_graph

NEIGHBOURS = 10  # how many codes each code, and each end of a path, is joined to
NEAREST = 5  # a point's distance from the codes is the mean over this many nearest ones
FEWEST = 20  # with fewer codes, such distances mean nothing
SHORTEST = 1e-9  # least length of an edge: in a sparse matrix, zero means no edge


@dataclass(frozen=True)
class Way:
    """A path over codes. points (V, D): both ends and the codes between them; rows: the rows of those codes."""

    points: np.ndarray
    rows: tuple[int, ...]


class CodeGraph:
    """Codes (N, D), N > 1, and the graph of their neighbours.

    used (D,): which dimensions distances are measured in, all by default. typical (N,): mean distance of every code to
    the NEAREST other codes. pieces: number of connected components of the graph.
    """

    def __init__(self, codes: np.ndarray, used: np.ndarray | None = None):
        self.codes = np.asarray(codes)
        self.used = np.arange(self.codes.shape[1]) if used is None else np.flatnonzero(used)
        self._places = self.codes[:, self.used].astype(np.float64)
        self.neighbours = min(NEIGHBOURS, len(codes) - 1)
        edges = kneighbors_graph(self._places, self.neighbours, mode="distance")
        self.typical = edges.data.reshape(len(codes), -1)[:, :NEAREST].mean(1)  # a row's edges are sorted by length
        edges.data = _costs(edges.data)
        self._edges = edges.maximum(edges.T)  # joined if either code is a neighbour of the other
        self.pieces = int(csgraph.connected_components(self._edges, directed=False, return_labels=False))

    def distance(self, points: np.ndarray, without: Collection[int] = ()) -> np.ndarray:
        """Mean distance (M,) of points (M, D) to the NEAREST codes, or to all codes if there are fewer.

        without: rows of codes to ignore, such as those on the path itself.
        """
        codes = np.delete(self._places, list(without), axis=0)
        nearest = min(NEAREST, len(codes))
        distances = cdist(np.asarray(points)[:, self.used], codes)
        return np.partition(distances, nearest - 1, axis=1)[:, :nearest].mean(1)

    def at(self, point: np.ndarray) -> list[int]:
        """Rows of the codes at a point (D,), to within a thousandth of a typical distance."""
        distances = cdist(np.asarray(point)[None, self.used], self._places)[0]
        return np.flatnonzero(distances <= 1e-3 * np.median(self.typical)).tolist()

    def way(self, a: np.ndarray, b: np.ndarray) -> Way | None:
        """The cheapest path from a point a (D,) to b (D,), each joined to its nearest codes.

        None if the two ends lie in different components of the graph.
        """
        count, (first, last) = len(self.codes), (len(self.codes), len(self.codes) + 1)
        points = np.stack([a, b])
        distances = cdist(points[:, self.used], self._places)
        nearest = np.argsort(distances, axis=1, kind="stable")[:, : self.neighbours]
        lengths = np.take_along_axis(distances, nearest, axis=1)
        between = np.linalg.norm(points[0, self.used] - points[1, self.used])
        places = np.repeat([0, 1], self.neighbours), nearest.ravel()
        joints = sparse.csr_array((_costs(lengths).ravel(), places), shape=(2, count))
        direct = _costs(between) if (between <= lengths[:, -1]).any() else 0.0
        both = sparse.csr_array([[0.0, direct], [direct, 0.0]])
        graph = sparse.block_array([[self._edges, joints.T], [joints, both]], format="csr")
        _, before = csgraph.dijkstra(graph, directed=False, indices=first, return_predecessors=True)
        if before[last] < 0:
            return None
        rows = [last]
        while rows[-1] != first:
            rows.append(int(before[rows[-1]]))
        between_ends = tuple(rows[-2:0:-1])
        return Way(np.stack([a, *self.codes[list(between_ends)], b]).astype(self.codes.dtype), between_ends)


def _costs(lengths):
    return np.maximum(lengths, SHORTEST) ** 2
