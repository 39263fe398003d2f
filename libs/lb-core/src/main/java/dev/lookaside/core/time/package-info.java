/**
 * Time and chance as arguments: the only package that may read a clock or a shared random source,
 * and what is made of both. Start at {@link Ticker}.
 */
@NullMarked
package dev.lookaside.core.time;

import org.jspecify.annotations.NullMarked;
