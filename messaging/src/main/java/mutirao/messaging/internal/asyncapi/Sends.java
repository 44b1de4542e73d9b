package mutirao.messaging.internal.asyncapi;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import mutirao.messaging.Publishes;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/// Finds what an application publishes: [Publishes] methods of its beans, and [Publishes] types in its packages.
final class Sends {
    private final ConfigurableListableBeanFactory beans;
    private final Environment environment;
    private final String topic;

    /// @param topic the default one
    Sends(ConfigurableListableBeanFactory beans, Environment environment, String topic) {
        this.beans = beans;
        this.environment = environment;
        this.topic = topic;
    }

    /// All of it, each once, in its order.
    List<Send> all() {
        return Stream.concat(byMethods(), byTypes())
                .distinct()
                .sorted(Send.ORDER)
                .toList();
    }

    private Stream<Send> byMethods() {
        return Stream.of(beans.getBeanDefinitionNames())
                .map(name -> AutoProxyUtils.determineTargetClass(beans, name))
                .filter(Objects::nonNull)
                .map(ClassUtils::getUserClass)
                .distinct()
                .filter(type -> AnnotationUtils.isCandidateClass(type, Publishes.class))
                .flatMap(this::byMethodsOf);
    }

    private Stream<Send> byMethodsOf(Class<?> type) {
        var methods = MethodIntrospector.selectMethods(type, (MethodIntrospector.MetadataLookup<Publishes>)
                method -> AnnotatedElementUtils.findMergedAnnotation(method, Publishes.class));
        return methods.entrySet().stream()
                .map(each -> send(
                        each.getValue(),
                        each.getValue().includeResult() ? each.getKey().getGenericReturnType() : void.class));
    }

    private Stream<Send> byTypes() {
        if (!AutoConfigurationPackages.has(beans)) {
            return Stream.of();
        }
        var scanner = new ClassPathScanningCandidateComponentProvider(false, environment) {
            @Override
            protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
                return true; // interfaces and nested types too
            }
        };
        scanner.addIncludeFilter(new AnnotationTypeFilter(Publishes.class, false));
        return AutoConfigurationPackages.get(beans).stream()
                .flatMap(name -> scanner.findCandidateComponents(name).stream())
                .map(BeanDefinition::getBeanClassName)
                .filter(Objects::nonNull)
                .map(name -> ClassUtils.resolveClassName(name, beans.getBeanClassLoader()))
                .flatMap(
                        type -> Optional.ofNullable(type.getAnnotation(Publishes.class))
                                .map(publishes -> send(publishes, type))
                                .stream());
    }

    private Send send(Publishes publishes, Type data) {
        var to = publishes.topic().isEmpty() ? topic : environment.resolveRequiredPlaceholders(publishes.topic());
        return new Send(to, publishes.value(), publishes.key(), data);
    }
}
