/**
 * What becomes of the calls to a service while somebody records. Start at {@link
 * dev.lookaside.lb.record.Recorder}.
 */
@NullMarked
package dev.lookaside.lb.record;

import org.jspecify.annotations.NullMarked;
