package dev.lookaside.client.task;

import dev.lookaside.core.time.Backoff;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.tracing.RpcTracing;
import java.util.concurrent.ScheduledExecutorService;

/** What all tasks of one client share. */
record Shared(
    ClientSettings settings,
    BalancerClient balancers,
    WorkerChannels workers,
    OutcomeReporter reporter,
    RetryBudget budget,
    Backoff backoff,
    RpcTracing tracing,
    ScheduledExecutorService scheduler,
    Ticker ticker) {}
