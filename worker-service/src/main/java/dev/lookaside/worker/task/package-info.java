/**
 * What a worker can do: the two original tasks and the interface for yours. Start at {@link
 * dev.lookaside.worker.task.Task}.
 */
@NullMarked
package dev.lookaside.worker.task;

import org.jspecify.annotations.NullMarked;
