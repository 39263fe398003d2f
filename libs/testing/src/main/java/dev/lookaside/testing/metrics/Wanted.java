package dev.lookaside.testing.metrics;

import java.util.Set;

/**
 * A metric as a query names it, with every label that it selects or groups by.
 *
 * @param where the query
 */
public record Wanted(String metric, Set<String> labels, String where) {}
