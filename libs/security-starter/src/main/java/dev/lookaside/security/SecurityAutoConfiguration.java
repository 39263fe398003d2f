package dev.lookaside.security;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.security.audit.Audit;
import dev.lookaside.security.audit.AuditLog;
import dev.lookaside.security.config.FollowedFile;
import dev.lookaside.security.config.FollowedTokens;
import dev.lookaside.security.config.SecurityProperties;
import dev.lookaside.security.config.SecurityProperties.ClientAuth;
import dev.lookaside.security.identity.BearerTokens;
import dev.lookaside.security.identity.Identify;
import dev.lookaside.security.identity.RequestClaims;
import dev.lookaside.security.rights.Guard;
import dev.lookaside.security.rights.Judge;
import dev.lookaside.security.rights.Policy;
import dev.lookaside.security.rights.PolicyFile;
import dev.lookaside.security.tls.CertificateRequired;
import dev.lookaside.security.tls.ClientTls;
import dev.lookaside.security.tls.LiveBundle;
import dev.lookaside.security.tls.ServerTls;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.RefusedPeers;
import io.grpc.ServerInterceptor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What protects a gRPC server, in the order in which a call meets it: TLS, who calls, what they
 * may, what is written down. Each part is there if a property asks for it; none is by default.
 */
@AutoConfiguration(
    afterName = "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
    beforeName = {
      "net.devh.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration",
      "org.springframework.boot.grpc.server.autoconfigure.GrpcServerAutoConfiguration"
    })
@EnableConfigurationProperties(SecurityProperties.class)
public final class SecurityAutoConfiguration {
  private static final String AUDIT = "lookaside.audit";

  @Bean
  ServerSecurity serverSecurity(
      SecurityProperties security,
      ObjectProvider<ServerTls> tls,
      ObjectProvider<Identify> identify,
      ObjectProvider<Guard> guard,
      ObjectProvider<Audit> audit,
      ObjectProvider<RefusedPeers> refused) {
    List<ServerInterceptor> inOrder = new ArrayList<>();
    boolean needed = security.tls().clientAuth() == ClientAuth.NEED && !security.enabled();
    if (security.tls().name().isPresent() && needed) {
      inOrder.add(new CertificateRequired(refused.getObject()));
    }
    guard.ifAvailable(inOrder::add);
    audit.ifAvailable(inOrder::add);
    return new ServerSecurity(
        Optional.ofNullable(tls.getIfAvailable()),
        Optional.ofNullable(identify.getIfAvailable()),
        inOrder);
  }

  @Bean
  Exposure exposure(SecurityProperties security) {
    return new Exposure(security);
  }

  /** With {@code security.tls.bundle}: encryption both ways, and who calls by certificate. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty("security.tls.bundle")
  static class Encrypted {

    @Bean
    static RefusedPeers refusedPeers() {
      return new RefusedPeers(Ticker.system());
    }

    @Bean
    static LiveBundle liveBundle(SecurityProperties security, RefusedPeers log) {
      return new LiveBundle(security.tls().name().orElseThrow(), log);
    }

    /** The bundles come first: with them, the live one follows its own. */
    @Bean
    LiveTls liveTls(SslBundles bundles, LiveBundle followed) {
      Objects.requireNonNull(bundles);
      return followed.tls();
    }

    @Bean
    ServerTls serverTls(LiveTls tls, SecurityProperties security, RefusedPeers log) {
      return new ServerTls(tls, security.tls().clientAuth(), log);
    }

    @Bean
    ClientTls clientTls(LiveTls tls, SecurityProperties security) {
      return new ClientTls(tls, security.tls().expected());
    }

    @Bean
    @ConditionalOnMissingBean
    BearerTokens bearerTokens(SecurityProperties security) {
      return new FollowedTokens(security);
    }

    @Bean
    Identify identify(BearerTokens tokens) {
      return new Identify(tokens);
    }
  }

  /** With {@code security.enabled}: nobody may anything but what the policy says. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnBooleanProperty("security.enabled")
  static class Guarded {

    @Bean
    FollowedFile<Policy> policyFile(SecurityProperties security) {
      return FollowedFile.of(Objects.requireNonNull(security.policyFile()), PolicyFile::read);
    }

    @Bean
    Judge judge(FollowedFile<Policy> policy, LiveTls tls) {
      return new Judge(policy, tls::principal);
    }

    @Bean
    AuditLog auditLog() {
      return new AuditLog(InstantSource.system(), LoggerFactory.getLogger(AUDIT)::info);
    }

    @Bean
    Guard guard(Judge judge, ObjectProvider<RequestClaims> claims, AuditLog audit) {
      return new Guard(judge, claims.getIfAvailable(RequestClaims::none), audit);
    }

    @Bean
    Audit audit(AuditLog log, ObjectProvider<RequestClaims> claims) {
      return new Audit(log, claims.getIfAvailable(RequestClaims::none));
    }
  }
}
