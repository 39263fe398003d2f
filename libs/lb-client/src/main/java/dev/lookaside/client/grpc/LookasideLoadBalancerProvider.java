package dev.lookaside.client.grpc;

import dev.lookaside.client.grpc.balancing.LookasideConfig;
import dev.lookaside.client.grpc.balancing.LookasideLoadBalancer;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancerProvider;
import io.grpc.NameResolver.ConfigOrError;
import java.util.Map;

/** Makes gRPC's load balancing policy {@code lookaside}. gRPC finds it by itself. */
public final class LookasideLoadBalancerProvider extends LoadBalancerProvider {
  private static final int USUAL_PRIORITY = 5;

  @Override
  public boolean isAvailable() {
    return true;
  }

  @Override
  public int getPriority() {
    return USUAL_PRIORITY;
  }

  @Override
  public String getPolicyName() {
    return "lookaside";
  }

  @Override
  public LoadBalancer newLoadBalancer(LoadBalancer.Helper helper) {
    return new LookasideLoadBalancer(helper, Ticker.system(), Chance.system());
  }

  @Override
  public ConfigOrError parseLoadBalancingPolicyConfig(Map<String, ?> json) {
    return LookasideConfig.parse(json);
  }
}
