package dev.lookaside.lb.dashboard.browser;

import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.testing.etcd.RequiresChromium;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.openqa.selenium.Keys;

/** Makes the pictures of the documentation: {@code docs/images/make}. */
@RequiresChromium
@EnabledIfSystemProperty(named = "screenshots", matches = ".+")
@SuppressWarnings("try") // some are only there
class Screenshots {
  private static final Path FOLDER = Path.of(System.getProperty("screenshots", ""));
  private static final Duration SOME_HISTORY = Duration.ofSeconds(25);

  @Test
  void fiveWorkers() throws IOException {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded", "--lb.type=ll", "--lb.id=lb1");
        Fleet fleet = new Fleet(etcd(lb), Fleet.named(5));
        Traffic traffic = new Traffic(lb, 400);
        Browser browser = new Browser()) {
      browser.size(1_280, 860).scheme("light").open(lb.httpPort());
      LockSupport.parkNanos(SOME_HISTORY.toNanos());
      browser.save(FOLDER.resolve("dashboard-5-light.png"));
      browser.scheme("dark").save(FOLDER.resolve("dashboard-5-dark.png"));
      browser.size(390, 844).scheme("light").save(FOLDER.resolve("dashboard-5-narrow.png"));
      browser.size(1_280, 860);
      browser.click("#explain");
      browser.awaitText("#why-chosen", "A pick now goes to");
      browser.save(FOLDER.resolve("dashboard-explain.png"));
      browser.press(Keys.ESCAPE);
      browser.click("#workers-rows [data-number]");
      browser.click("#details-drain");
      browser.awaitText("#confirm-title", "Drain worker-0001?");
      browser.save(FOLDER.resolve("dashboard-drain.png"));
    }
  }

  @Test
  void aThousandWorkers() throws IOException {
    try (RunningLb lb =
            RunningLb.start("--lb.registry=embedded", Fleet.SELDOM, "--lb.type=ll", "--lb.id=lb1");
        Fleet fleet = new Fleet(etcd(lb), Fleet.named(1_000));
        Traffic traffic = new Traffic(lb, 2_000);
        Browser browser = new Browser()) {
      browser.size(1_280, 860).scheme("light").open(lb.httpPort());
      browser.awaitText("#workers-count", "1,000");
      browser.click("[data-column=load] button");
      LockSupport.parkNanos(SOME_HISTORY.toNanos());
      browser.save(FOLDER.resolve("dashboard-1000-light.png"));
      browser.scheme("dark").save(FOLDER.resolve("dashboard-1000-dark.png"));
      browser.size(390, 844).save(FOLDER.resolve("dashboard-1000-narrow.png"));
    }
  }

  private static URI etcd(RunningLb lb) {
    return lb.context().getBean(EmbeddedEtcd.class).clientUri();
  }
}
