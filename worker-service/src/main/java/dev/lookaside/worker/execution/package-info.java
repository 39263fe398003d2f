/**
 * Admission and running of tasks: what is taken on, what waits, what is refused, how it ends. Start
 * at {@link dev.lookaside.worker.execution.TaskRunner}.
 */
@NullMarked
package dev.lookaside.worker.execution;

import org.jspecify.annotations.NullMarked;
