/**
 * Writes what a balancer records to a file. Start at {@link
 * dev.lookaside.client.record.TraceWriter}.
 */
@NullMarked
package dev.lookaside.client.record;

import org.jspecify.annotations.NullMarked;
