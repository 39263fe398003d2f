package dev.lookaside.deploy;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;

/** The Prometheus operator's type, as far as the chart uses it. */
@Group("monitoring.coreos.com")
@Version("v1")
final class ServiceMonitor extends CustomResource<ServiceMonitor.Spec, Void> {
  private static final long serialVersionUID = 1;

  record Spec(LabelSelector selector, List<Scrape> endpoints) {}

  record Scrape(String port, String path, String interval) {}
}
