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

  @Override
  public void reported(Endpoint endpoint, LoadReport report) {
    reports.add(report);
  }

  @Override
  public void rejected(Endpoint endpoint, String reason) {
    rejections.add(reason);
  }

  @Override
  public void connectivity(Endpoint endpoint, Connectivity next) {
    connectivity.add(next);
  }
}
