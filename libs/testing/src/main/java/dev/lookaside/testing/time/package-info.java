/**
 * Time in tests: a clock that moves when told to, and bounded waits for what runs by the real one.
 * Start at {@link dev.lookaside.testing.time.FakeClock}.
 */
@NullMarked
package dev.lookaside.testing.time;

import org.jspecify.annotations.NullMarked;
