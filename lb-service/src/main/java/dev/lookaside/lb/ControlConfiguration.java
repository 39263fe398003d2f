package dev.lookaside.lb;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.access.Sights;
import dev.lookaside.lb.admin.Control;
import dev.lookaside.lb.admin.ControlWriter;
import dev.lookaside.lb.admin.DecisionListener;
import dev.lookaside.lb.admin.DecisionLog;
import dev.lookaside.lb.admin.DecisionWriter;
import dev.lookaside.lb.admin.Diagnosis;
import dev.lookaside.lb.admin.Fleet;
import dev.lookaside.lb.admin.Known;
import dev.lookaside.lb.admin.Obedience;
import dev.lookaside.lb.admin.PolicyChoices;
import dev.lookaside.lb.admin.Questions;
import dev.lookaside.lb.adminhttp.AdminController;
import dev.lookaside.lb.adminhttp.Askers;
import dev.lookaside.lb.adminrpc.AdminService;
import dev.lookaside.lb.adminrpc.RecordStreams;
import dev.lookaside.lb.config.LbProperties;
import dev.lookaside.lb.config.RegistryKind;
import dev.lookaside.lb.explain.Explainer;
import dev.lookaside.lb.explain.Explanations;
import dev.lookaside.lb.pick.Answers;
import dev.lookaside.lb.record.Recorder;
import dev.lookaside.lb.registry.RegistryFeed;
import dev.lookaside.lb.registry.SelfRegistration;
import dev.lookaside.lb.report.Branches;
import dev.lookaside.lb.shadow.Shadows;
import dev.lookaside.limits.ReadableMessages;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.change.ControlChanges;
import dev.lookaside.registry.view.RegistrySource;
import dev.lookaside.security.audit.AuditLog;
import dev.lookaside.security.rights.Judge;
import io.grpc.BindableService;
import java.time.InstantSource;
import java.util.Optional;
import net.devh.boot.grpc.server.service.GrpcService;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * What operators decide: from {@code Admin} and the dashboard to etcd, and from the registry's
 * watch, which brings it to all balancers, to the balancer.
 */
@Configuration(proxyBeanMethods = false)
class ControlConfiguration {

  @Bean
  PolicyChoices policyChoices(LbProperties lb) {
    return new PolicyChoices(lb::typeOf);
  }

  @Bean
  Obedience obedience(Balancer balancer, Policies policies, PolicyChoices choices) {
    return new Obedience(balancer, policies, choices);
  }

  /** Decisions are kept in etcd: without it, there are none. */
  @Bean
  @Conditional(RegistryConfiguration.OnEtcd.class)
  ControlWriter controlWriter(EtcdSettings etcd, Optional<AuditLog> audit) {
    DecisionListener log = new DecisionLog();
    return new ControlWriter(
        new ControlChanges(etcd),
        audit
            .map(lines ->
                log.and((action, service, what, note) ->
                    lines.decided(action, note.by(), note.proof(), service, what, note.why())))
            .orElse(log));
  }

  @Bean
  Control control(Optional<ControlWriter> writer, RegistrySource registry) {
    return new Control(
        writer
            .<DecisionWriter>map(etcd -> etcd)
            .orElse(
                DecisionWriter.refusing(
                    "lb.registry is kubernetes, where nothing keeps decisions (expected: etcd or embedded)")),
        registry::view,
        InstantSource.system());
  }

  @Bean
  Fleet fleet(
      Optional<SelfRegistration> self,
      RegistrySource registry,
      Balancer balancer,
      LoadTracker loads,
      Answers answers,
      Policies policies,
      Shadows shadows,
      Branches branches,
      Ticker ticker,
      LbProperties lb) {
    return new Fleet(
        () -> self.map(SelfRegistration::id).orElseGet(() -> lb.idAt(lb.port())),
        registry::view,
        balancer,
        loads,
        answers::picks,
        lb::typeOf,
        policies,
        shadows,
        branches,
        ticker);
  }

  @Bean
  Questions questions(
      RegistrySource registry, Balancer balancer, Explainer explainer, Explanations explanations) {
    return new Questions(
        new Known(registry::view), balancer, explainer, explanations, Chance.system());
  }

  @Bean
  Recorder recorder(Ticker ticker) {
    return new Recorder(ticker);
  }

  @Bean(initMethod = "start")
  RecordStreams recordStreams(Recorder recorder, Fleet fleet, Ticker ticker) {
    return new RecordStreams(recorder, fleet::statusOf, ticker, InstantSource.system());
  }

  @Bean
  @GrpcService
  BindableService adminMethods(AdminService service) {
    return () -> ReadableMessages.of(service.bindService());
  }

  @Bean
  AdminService adminService(
      Fleet fleet,
      Control control,
      Questions questions,
      RegistryFeed feed,
      EtcdSettings etcd,
      LbProperties lb,
      RecordStreams recordings,
      Sights sights) {
    Optional<EtcdSettings> used =
        lb.registry() == RegistryKind.KUBERNETES ? Optional.empty() : Optional.of(etcd);
    return new AdminService(
        fleet, control, questions, new Diagnosis(feed.rejectedKeys(), used), recordings, sights);
  }

  @Bean
  AdminController adminController(
      Control control, Questions questions, Optional<Judge> judge, Optional<AuditLog> audit) {
    return new AdminController(control, questions, new Askers(judge, audit));
  }
}
