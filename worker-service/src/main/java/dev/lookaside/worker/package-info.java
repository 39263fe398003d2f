/**
 * A worker that runs tasks over gRPC; the starter registers it and reports its load. Start at
 * {@link dev.lookaside.worker.WorkerApplication}; to add a task, at {@link
 * dev.lookaside.worker.task.Task}.
 */
@NullMarked
package dev.lookaside.worker;

import org.jspecify.annotations.NullMarked;
