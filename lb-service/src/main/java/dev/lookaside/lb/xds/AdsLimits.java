package dev.lookaside.lb.xds;

import java.time.Duration;

/**
 * How much clients may ask for, and how often they are told.
 *
 * @param streams how many streams there may be
 * @param streamsPerConnection how many of them on one connection
 * @param names how many resources of one type a stream may ask for
 * @param weightInterval how often weights may change
 * @param weightThreshold by how much a part of the calls must change to be told, relative to itself
 */
public record AdsLimits(
    int streams,
    int streamsPerConnection,
    int names,
    Duration weightInterval,
    double weightThreshold) {}
