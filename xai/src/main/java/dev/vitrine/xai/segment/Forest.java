package dev.vitrine.xai.segment;

import java.util.Arrays;

/** Disjoint sets of 0 … n − 1, each named by its least member (Tarjan 1975, paths are halved). */
final class Forest {
  private final int[] parent;
  private final int[] size;

  Forest(int n) {
    parent = new int[n];
    size = new int[n];
    Arrays.setAll(parent, i -> i);
    Arrays.fill(size, 1);
  }

  /** The name of the set that i is in. */
  int root(int i) {
    while (parent[i] != i) {
      parent[i] = parent[parent[i]];
      i = parent[i];
    }
    return i;
  }

  int size(int root) {
    return size[root];
  }

  /** Makes one set of two different ones and returns its name. */
  int join(int root, int other) {
    int least = Math.min(root, other);
    parent[Math.max(root, other)] = least;
    size[least] = size[root] + size[other];
    return least;
  }

  /** The name of each member's set. */
  int[] roots() {
    int[] roots = new int[parent.length];
    Arrays.setAll(roots, this::root);
    return roots;
  }
}
