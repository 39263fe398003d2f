package dev.lookaside.lb;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.tls.BearerToken;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import dev.lookaside.v1.AccessGrpc;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.WhoAmIRequest;
import io.grpc.CallCredentials;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.EnumerablePropertySource;

/** Secrets with marks of their own are planted everywhere, and looked for in all that comes out. */
@ExtendWith(OutputCaptureExtension.class)
final class CanaryTest {
  private static final String PASSWORD = "canary-password-7c1e";
  private static final String TOKEN = "canary-token-52ab";
  private static final String WRONG_TOKEN = "canary-wrong-token-90d3";
  private static final List<String> PATHS =
      List.of(
          "/actuator/health",
          "/actuator/info",
          "/actuator/metrics",
          "/actuator/prometheus",
          "/actuator/lookaside",
          "/actuator/env",
          "/actuator/configprops",
          "/prometheus/targets");

  @Test
  void noSecretComesOutAnywhere(@TempDir Path directory, CapturedOutput output) throws Exception {
    DevelopmentAuthority authority = DevelopmentAuthority.in(directory);
    PemFiles own = authority.issue(Wanted.of("lb", "uri:spiffe://x/balancer/lb", "ip:127.0.0.1"));
    Path password = Files.writeString(directory.resolve("password"), PASSWORD);
    Path token = Files.writeString(directory.resolve("token"), TOKEN);
    Path wrong = Files.writeString(directory.resolve("wrong"), WRONG_TOKEN);
    Path tokens = directory.resolve("tokens");
    String hash = Hashing.sha256().hashString(TOKEN, StandardCharsets.UTF_8).toString();
    Files.writeString(tokens, "guest " + hash + "\n");
    Path policy = directory.resolve("policy.yaml");
    Files.writeString(
        policy, "principals: [{principal: guest, roles: [client, operator, metrics]}]\n");
    // As little as this of a key gives it away; its first bytes are those of every key.
    String key = Files.readAllLines(own.key().orElseThrow()).get(2);
    List<String> seen = new ArrayList<>();

    try (RunningLb lb =
        RunningLb.start(
            RunningLb.ETCD_AWAY,
            "--etcd.username=canary",
            "--etcd.password-file=" + password,
            "--logging.level.dev.lookaside=debug",
            "--logging.level.io.grpc=info",
            "--security.enabled=true",
            "--security.policy-file=" + policy,
            "--security.token-file=" + tokens,
            "--security.tls.bundle=own",
            "--spring.ssl.bundle.pem.own.keystore.certificate=" + own.certificate().orElseThrow(),
            "--spring.ssl.bundle.pem.own.keystore.private-key=" + own.key().orElseThrow(),
            "--spring.ssl.bundle.pem.own.truststore.certificate=" + authority.ca())) {
      LiveTls tls = new LiveTls(PemFiles.trusting(authority.ca()).load());
      ManagedChannel channel =
          NettyChannelBuilder.forAddress(
                  "127.0.0.1", lb.rpcPort(), tls.channelCredentials(PeerNames.theHost()))
              .build();
      try {
        seen.add(whoAmI(channel, BearerToken.follow(token)));
        assertThat(seen.get(0)).contains("guest");
        seen.add(whoAmI(channel, BearerToken.follow(wrong)));
        seen.add(pick(channel, BearerToken.follow(token)));
      } finally {
        channel.shutdownNow();
      }
      for (String path : PATHS) {
        seen.add(lb.get(path).body());
        seen.add(lb.get(path, "Bearer " + TOKEN).body());
        seen.add(lb.get(path, "Bearer " + WRONG_TOKEN).body());
      }
      var beans = lb.context().getBeanFactory();
      for (String name : beans.getSingletonNames()) {
        seen.add(text(beans.getSingleton(name)));
      }
      lb.context().getEnvironment().getPropertySources().stream()
          .filter(EnumerablePropertySource.class::isInstance)
          .forEach(source -> seen.add(String.valueOf(source.getSource())));
      Thread.getAllStackTraces().keySet().forEach(thread -> seen.add(thread.getName()));
    }
    seen.add(BearerToken.follow(token).toString());
    seen.add(String.valueOf(own.load()));
    seen.add(output.getAll());

    assertThat(output.getAll()).as("that anything was captured").contains("ready");
    for (String secret : List.of(PASSWORD, TOKEN, WRONG_TOKEN, hash, key)) {
      assertThat(seen).noneSatisfy(text -> assertThat(text).contains(secret));
    }
  }

  private static String whoAmI(ManagedChannel channel, CallCredentials token) {
    try {
      return AccessGrpc.newBlockingStub(channel)
          .withDeadlineAfter(20, TimeUnit.SECONDS)
          .withCallCredentials(token)
          .whoAmI(WhoAmIRequest.getDefaultInstance())
          .toString();
    } catch (StatusRuntimeException e) {
      return e + " " + e.getTrailers();
    }
  }

  private static String pick(ManagedChannel channel, CallCredentials token) {
    try {
      return LoadBalancerGrpc.newBlockingStub(channel)
          .withDeadlineAfter(20, TimeUnit.SECONDS)
          .withCallCredentials(token)
          .pick(PickRequest.newBuilder().setService("worker").build())
          .toString();
    } catch (StatusRuntimeException e) {
      return e + " " + e.getTrailers();
    }
  }

  private static String text(@Nullable Object bean) {
    try {
      return String.valueOf(bean);
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
