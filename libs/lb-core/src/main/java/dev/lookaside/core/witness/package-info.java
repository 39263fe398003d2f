/**
 * Who says what of an endpoint, and how much of it is believed: no client alone decides what all
 * others are told. Start at {@link Voices}.
 */
@NullMarked
package dev.lookaside.core.witness;

import org.jspecify.annotations.NullMarked;
