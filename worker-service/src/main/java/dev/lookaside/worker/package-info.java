/**
 * A worker: it runs tasks over gRPC, registers itself in etcd and reports its load. Start at {@link
 * dev.lookaside.worker.WorkerApplication}; to add a task, at {@link
 * dev.lookaside.worker.task.Task}.
 */
@NullMarked
package dev.lookaside.worker;

import org.jspecify.annotations.NullMarked;
