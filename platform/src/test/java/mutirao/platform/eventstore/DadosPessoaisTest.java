package mutirao.platform.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import mutirao.api.AggregateId;
import mutirao.api.Local;
import mutirao.api.Page;
import mutirao.api.Personal;
import org.junit.jupiter.api.Test;

/// Whatever an event or a view can say of a person is marked, so that it can be found, shown to few and erased. Texts
/// are personal unless they are named here.
class DadosPessoaisTest {
    /// Texts that are no person's: things, codes and ids.
    private static final Set<String> DE_NINGUEM = Set.of(
            "item",
            "unit",
            "Ticket.category",
            "step",
            "confirmationCode",
            "Codigo.code",
            "CompromissoRecusado.reason",
            "OfertaExpirada.reason",
            "Contagem.category",
            "Contagem.action",
            "OrganizacaoCriada.name",
            "OrganizacaoRenomeada.name",
            "OrganizacaoResumo.name");

    /// Free texts of events that name nobody whose key could hide them; who wrote them stands in the metadata.
    private static final Set<String> SEM_TITULAR = Set.of(
            "NecessidadeCancelada.reason",
            "NecessidadeResumo.reason",
            "OfertaCancelada.reason",
            "OfertaResumo.reason",
            "ReservaRecusada.reason",
            "EntregaCancelada.reason",
            "EntregaFalhou.reason",
            "EntregaResumo.reason",
            "Falha.reason",
            "TicketCriado.category",
            "TicketResumo.category",
            "TicketResumo.resolution",
            "TicketFechado.resolution",
            "TicketReaberto.reason");

    @Test
    void tudo_o_que_diz_algo_de_alguem_esta_marcado() {
        assertThat(registros()
                        .flatMap(DadosPessoaisTest::componentes)
                        .filter(DadosPessoaisTest::dizAlgo)
                        .filter(component -> component.getAnnotation(Personal.class) == null)
                        .map(DadosPessoaisTest::nome)
                        .filter(nome -> !SEM_TITULAR.contains(nome)))
                .isEmpty();
    }

    @Test
    void o_titular_e_um_id_do_mesmo_registro() {
        var marked = registros()
                .flatMap(DadosPessoaisTest::componentes)
                .filter(component -> component.getAnnotation(Personal.class) != null)
                .toList();
        assertThat(marked)
                .hasSizeGreaterThan(15)
                .allSatisfy(component -> assertThat(
                                component.getDeclaringRecord().getRecordComponents())
                        .as(nome(component))
                        .anyMatch(other ->
                                (other.getType() == UUID.class || AggregateId.class.isAssignableFrom(other.getType()))
                                        && other.getName()
                                                .equals(component
                                                        .getAnnotation(Personal.class)
                                                        .subject())));
    }

    /// What is shown to everybody has nothing to mark.
    @Test
    void o_que_e_de_todos_nao_tem_nada_de_ninguem() throws ClassNotFoundException {
        var publica = new LinkedHashSet<Class<?>>();
        collect(Class.forName("mutirao.necessidade.api.NecessidadePublica"), publica);
        assertThat(publica.stream()
                        .flatMap(DadosPessoaisTest::componentes)
                        .filter(component -> component.getType() == UUID.class || component.getType() == Local.class)
                        .map(DadosPessoaisTest::nome))
                .containsExactly("NecessidadePublica.id");
    }

    private static boolean dizAlgo(RecordComponent component) {
        var name = component.getName();
        var free = component.getType() == String.class && !DE_NINGUEM.contains(name);
        var place = component.getType() == Local.class
                || component.getType().getSimpleName().equals("Posicao")
                || ((name.equals("latitude") || name.equals("longitude"))
                        && !List.of("Posicao", "Lugar", "Local")
                                .contains(component.getDeclaringRecord().getSimpleName()));
        return (free && !DE_NINGUEM.contains(nome(component))) || place || component.getType() == Map.class;
    }

    private static String nome(RecordComponent component) {
        return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    }

    private static Stream<RecordComponent> componentes(Class<?> type) {
        return Arrays.stream(type.getRecordComponents());
    }

    /// The records of every event and view, with those in them; [Local] is marked where it is used.
    private static Stream<Class<?>> registros() {
        var found = new LinkedHashSet<Class<?>>();
        for (var context : Context.all()) {
            leaves(context.events()).forEach(event -> collect(event, found));
            for (var query : queries(context)) {
                for (Type face : query.getGenericInterfaces()) {
                    collect(((ParameterizedType) face).getActualTypeArguments()[0], found);
                }
            }
        }
        found.remove(Local.class);
        found.remove(Page.class);
        assertThat(found).hasSizeGreaterThan(40);
        return found.stream().filter(Class::isRecord);
    }

    /// By its name, `<Context>Query`, beside the events.
    private static List<Class<?>> queries(Context context) {
        try {
            return leaves(Class.forName(context.events().getName().replaceFirst("Event$", "Query")));
        } catch (ClassNotFoundException _) {
            return List.of();
        }
    }

    private static List<Class<?>> leaves(Class<?> sealed) {
        var leaves = new ArrayList<Class<?>>();
        for (var each : sealed.getPermittedSubclasses()) {
            if (each.isSealed()) {
                leaves.addAll(leaves(each));
            } else {
                leaves.add(each);
            }
        }
        return leaves;
    }

    private static void collect(Type type, Collection<Class<?>> found) {
        if (type instanceof ParameterizedType generic) {
            collect(generic.getRawType(), found);
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, found));
        } else if (type instanceof Class<?> record && record.isRecord() && found.add(record)) {
            componentes(record).forEach(component -> collect(component.getGenericType(), found));
        }
    }
}
