package dev.lookaside.lb.load;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LoadReport;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers all that it hears. */
final class RecordingListener implements LoadListener {
  final List<LoadReport> reports = new CopyOnWriteArrayList<>();
  final List<String> rejections = new CopyOnWriteArrayList<>();
  final List<Connectivity> connectivity = new CopyOnWriteArrayList<>();

  final List<String> reached = new CopyOnWriteArrayList<>();
  volatile boolean throwOnReport;

  @Override
  public void reported(Endpoint endpoint, LoadReport report) {
    if (throwOnReport) {
      throw new IllegalStateException("a listener that does not work");
    }
    reports.add(report);
  }

  @Override
  public void rejected(Endpoint endpoint, String reason) {
    rejections.add(reason);
  }

  @Override
  public void connectivity(Endpoint endpoint, Connectivity next, String reason) {
    connectivity.add(next);
    if (next == Connectivity.READY) {
      reached.add(endpoint.id());
    }
  }
}
