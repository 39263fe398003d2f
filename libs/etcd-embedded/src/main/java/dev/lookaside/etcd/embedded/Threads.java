package dev.lookaside.etcd.embedded;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The few threads of a server; work that comes after the end is dropped. */
final class Threads implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Threads.class);

  private final ThreadPoolExecutor rpc =
      pool("etcd-rpc", Math.max(2, Runtime.getRuntime().availableProcessors()));
  private final ThreadPoolExecutor watch = pool("etcd-watch", 1);
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> thread(task, "etcd-clock"));

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          Math.max(2, Runtime.getRuntime().availableProcessors()),
          new DefaultThreadFactory("etcd-loop", true),
          NioIoHandler.newFactory());

  /** On which connections are read and written. */
  EventLoopGroup loops() {
    return loops;
  }

  /** For calls that are answered at once. */
  Executor rpc() {
    return rpc;
  }

  /** One thread, for all that watches. */
  Executor watch() {
    return watch;
  }

  void every(Duration interval, Runnable task) {
    long nanos = interval.toNanos();
    ScheduledFuture<?> unused =
        clock.scheduleWithFixedDelay(() -> survive(task), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** A task that fails must not end its own repetition. */
  private static void survive(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      log.error("a repeated task of the embedded etcd failed; it will run again", e);
    }
  }

  private static ThreadPoolExecutor pool(String name, int size) {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        size,
        size,
        0,
        TimeUnit.SECONDS,
        new LinkedBlockingQueue<>(),
        task -> thread(task, name + "-" + number.incrementAndGet()),
        new ThreadPoolExecutor.DiscardPolicy());
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    clock.shutdownNow();
    watch.shutdownNow();
    rpc.shutdown();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
  }
}
