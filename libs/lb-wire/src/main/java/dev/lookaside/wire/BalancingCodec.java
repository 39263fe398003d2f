package dev.lookaside.wire;

import dev.lookaside.core.balancer.OutlierSettings;
import dev.lookaside.core.balancer.OutlierSettings.FailurePercentage;
import dev.lookaside.core.balancer.OutlierSettings.SuccessRate;
import dev.lookaside.core.balancer.SlowStart;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.balancer.ZonePreference;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.FailurePercentageEjection;
import dev.lookaside.v1.OutlierDetection;
import dev.lookaside.v1.SuccessRateEjection;
import java.util.Optional;

/** How the picks of a service are made, as a message and back. */
public final class BalancingCodec {
  private BalancingCodec() {}

  public static Balancing write(String policy, TrafficSettings traffic) {
    SlowStart slowStart = traffic.slowStart();
    Balancing.Builder balancing =
        Balancing.newBuilder()
            .setPolicy(policy)
            .setSlowStart(Durations.write(slowStart.window()))
            .setSlowStartMinShare(slowStart.minShare())
            .setSlowStartAggression(slowStart.aggression())
            .setPanicThreshold(traffic.panicThreshold());
    traffic.outliers().map(BalancingCodec::write).ifPresent(balancing::setOutlierDetection);
    traffic.zone().map(BalancingCodec::write).ifPresent(balancing::setZonePreference);
    return balancing.build();
  }

  private static OutlierDetection write(OutlierSettings outliers) {
    SuccessRate rate = outliers.successRate();
    FailurePercentage percentage = outliers.failurePercentage();
    return OutlierDetection.newBuilder()
        .setInterval(Durations.write(outliers.interval()))
        .setBaseEjectionTime(Durations.write(outliers.baseEjectionTime()))
        .setMaxEjectionTime(Durations.write(outliers.maxEjectionTime()))
        .setMaxEjectionPercent(outliers.maxEjectionPercent())
        .setConsecutiveErrors(outliers.consecutiveErrors())
        .setSuccessRate(
            SuccessRateEjection.newBuilder()
                .setStdevFactor(rate.stdevFactor())
                .setMinimumHosts(rate.minimumHosts())
                .setRequestVolume(rate.requestVolume()))
        .setFailurePercentage(
            FailurePercentageEjection.newBuilder()
                .setThreshold(percentage.threshold())
                .setMinimumHosts(percentage.minimumHosts())
                .setRequestVolume(percentage.requestVolume()))
        .build();
  }

  private static dev.lookaside.v1.ZonePreference write(ZonePreference preference) {
    return dev.lookaside.v1.ZonePreference.newBuilder()
        .setZone(LocalityCodec.write(preference.zone()))
        .setSpillAbove(preference.spillAbove())
        .build();
  }

  /**
   * What a message without one of the newer fields means, an older balancer meant as well.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public static TrafficSettings read(Balancing wire) {
    return new TrafficSettings(
        slowStart(wire),
        wire.hasOutlierDetection()
            ? Optional.of(read(wire.getOutlierDetection()))
            : Optional.empty(),
        wire.hasZonePreference() ? Optional.of(read(wire.getZonePreference())) : Optional.empty(),
        wire.getPanicThreshold());
  }

  private static SlowStart slowStart(Balancing wire) {
    SlowStart usual = SlowStart.over(Durations.require("slow_start", wire.getSlowStart()));
    return new SlowStart(
        usual.window(),
        wire.getSlowStartMinShare() == 0 ? usual.minShare() : wire.getSlowStartMinShare(),
        wire.getSlowStartAggression() == 0 ? usual.aggression() : wire.getSlowStartAggression());
  }

  private static OutlierSettings read(OutlierDetection wire) {
    OutlierSettings usual = OutlierSettings.defaults();
    return new OutlierSettings(
        Durations.require("interval", wire.getInterval()),
        Durations.require("base_ejection_time", wire.getBaseEjectionTime()),
        Durations.require("max_ejection_time", wire.getMaxEjectionTime()),
        wire.getMaxEjectionPercent(),
        wire.getConsecutiveErrors(),
        // What a client sees itself it believes: how many others agree is the balancers' concern.
        usual.minimumClients(),
        wire.hasSuccessRate() ? read(wire.getSuccessRate()) : usual.successRate(),
        wire.hasFailurePercentage()
            ? read(wire.getFailurePercentage())
            : usual.failurePercentage());
  }

  private static SuccessRate read(SuccessRateEjection wire) {
    return new SuccessRate(wire.getStdevFactor(), wire.getMinimumHosts(), wire.getRequestVolume());
  }

  private static FailurePercentage read(FailurePercentageEjection wire) {
    return new FailurePercentage(
        wire.getThreshold(), wire.getMinimumHosts(), wire.getRequestVolume());
  }

  private static ZonePreference read(dev.lookaside.v1.ZonePreference wire) {
    return new ZonePreference(LocalityCodec.read(wire.getZone()), wire.getSpillAbove());
  }
}
