/**
 * What an operator may set for the tasks, checked when it is read. Start at {@link
 * dev.lookaside.worker.config.TaskSettings}.
 */
@NullMarked
package dev.lookaside.worker.config;

import org.jspecify.annotations.NullMarked;
