package dev.lookaside.lb.admin;

import java.util.OptionalLong;

/**
 * What comes with every change.
 *
 * @param by who asks: a principal, or, if the proof is "none", what the caller calls itself
 * @param proof "certificate", "token" or "none"
 * @param why in the operator's words
 * @param expectedRevision of the decisions that the change was made on; empty: whatever they are
 */
public record Note(String by, String proof, String why, OptionalLong expectedRevision) {}
