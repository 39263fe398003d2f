package dev.lookaside.lb;

import dev.lookaside.lb.access.AccessService;
import dev.lookaside.lb.access.Claims;
import dev.lookaside.lb.access.Sights;
import dev.lookaside.limits.ReadableMessages;
import dev.lookaside.security.identity.RequestClaims;
import dev.lookaside.security.rights.Judge;
import io.grpc.BindableService;
import java.util.Optional;
import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who calls; what they may is said by the security starter. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

  @Bean
  RequestClaims requestClaims() {
    return new Claims();
  }

  @Bean
  Sights sights(Optional<Judge> judge) {
    return new Sights(judge);
  }

  @Bean
  @GrpcService
  BindableService accessService(Optional<Judge> judge) {
    AccessService service = new AccessService(judge);
    return () -> ReadableMessages.of(service.bindService());
  }
}
