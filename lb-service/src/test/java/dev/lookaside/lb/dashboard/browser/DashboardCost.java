package dev.lookaside.lb.dashboard.browser;

import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.testing.etcd.RequiresChromium;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the dashboard costs with 1,000 workers whose loads all change and 20 open pages: {@code
 * lab/benchmarks/dashboard.sh}. The balancer's part is the processor time of the thread that looks,
 * makes the frames and writes them to the connections.
 */
@RequiresChromium
@EnabledIfSystemProperty(named = "dashboard.cost", matches = "\\d+")
@SuppressWarnings("try") // some are only there
class DashboardCost {
  private static final int PAGES = 20;
  private static final int SAMPLES = 10;
  private static final double NANOS_PER_MILLI = 1e6;
  private final Duration length = Duration.ofSeconds(Long.getLong("dashboard.cost", 60));

  @Test
  void aThousandWorkersAndTwentyPages() throws IOException {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded", Fleet.SELDOM, "--lb.type=ll");
        Fleet fleet =
            new Fleet(lb.context().getBean(EmbeddedEtcd.class).clientUri(), Fleet.named(1_000));
        Traffic traffic = new Traffic(lb, 2_000);
        Browser browser = new Browser()) {
      browser.open(lb.httpPort());
      browser.awaitText("#workers-count", "1,000");
      browser.open(lb.httpPort());
      System.out.printf(
          "interactive after %.0f ms%n",
          browser.number("return performance.getEntriesByName('shown')[0].startTime"));

      AtomicLong bytes = new AtomicLong();
      for (int i = 1; i < PAGES; i++) {
        Thread reader = new Thread(() -> read(lb.httpPort(), bytes));
        reader.setDaemon(true);
        reader.start();
      }
      for (int i = 0; i < SAMPLES; i++) {
        long cpu = dashboardNanos();
        long start = System.nanoTime();
        long read = bytes.get();
        LockSupport.parkNanos(length.dividedBy(SAMPLES).toNanos());
        double wall = System.nanoTime() - start;
        double heap = browser.number("gc(); return performance.memory.usedJSHeapSize");
        System.out.printf(
            "%.1f %% of one core, %.1f kB/s a page, browser heap %.1f MB%n",
            100 * (dashboardNanos() - cpu) / wall,
            (bytes.get() - read) / (PAGES - 1.0) / (wall / NANOS_PER_MILLI),
            heap / 1e6);
      }
    }
  }

  private static void read(int port, AtomicLong bytes) {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in =
        URI.create("http://127.0.0.1:" + port + "/dashboard/events").toURL().openStream()) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes.addAndGet(read);
      }
    } catch (IOException end) {
      // The balancer stops.
    }
  }

  private static long dashboardNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getAllThreadIds())
        .filter(id -> {
          var info = threads.getThreadInfo(id);
          return info != null && info.getThreadName().startsWith("lookaside-dashboard");
        })
        .map(threads::getThreadCpuTime)
        .sum();
  }
}
