package mutirao.importacao.command;

import static java.util.Objects.requireNonNullElse;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import mutirao.api.Categoria;
import mutirao.api.DomainCommand;
import mutirao.api.Item;
import mutirao.api.Local;
import mutirao.api.Quantia;
import mutirao.necessidade.api.NovaNecessidade;
import mutirao.necessidade.api.Urgencia;
import mutirao.oferta.api.NovaOferta;
import mutirao.oferta.api.OfertaId;
import mutirao.platform.command.Sender;
import mutirao.platform.rest.Problem;
import org.jspecify.annotations.Nullable;

/// A line of the SOS-RS data of 2024 is a place with what it needs and what it has too much of: one need and one offer
/// for each of our categories. `docs/importacao.md` says why each field becomes what it becomes.
final class SosRsFormat implements LineFormat {
    private static final String SOURCE = "sos-rs";
    private static final String UNIT = "unidade";
    private static final Duration OFFERED_FOR = Duration.ofDays(30);
    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final Pattern WATER = Pattern.compile("agua\\b.*");
    /// Theirs, without case and accents; what is missing here is OUTRO.
    private static final Map<String, Categoria> CATEGORIES = Map.of(
            "alimentos e agua", Categoria.ALIMENTO,
            "higiene pessoal", Categoria.HIGIENE,
            "material de limpeza", Categoria.HIGIENE,
            "vestuario", Categoria.ROUPA,
            "medicamentos", Categoria.MEDICAMENTO,
            "acomodacoes e descanso", Categoria.ABRIGO,
            "mobilias", Categoria.ABRIGO,
            "veiculos de resgate e transporte", Categoria.TRANSPORTE);

    private final LineBinder binder;
    private final Sender sender;
    private final Instant now;

    SosRsFormat(LineBinder binder, Sender sender, Instant now) {
        this.binder = binder;
        this.sender = sender;
        this.now = now;
    }

    private record Place(
            @NotBlank @Size(max = 60) String placeId,
            @Nullable @Size(max = 60) String kind,
            @Nullable @Size(max = 100) String city,
            @Nullable @Size(max = 100) String neighbourhood,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable Long capacity,
            @Nullable Long sheltered,
            @Nullable Boolean verified,
            @Nullable String createdAt,
            @NotNull List<@Valid @NotNull Supply> supplies) {}

    private record Supply(
            @NotBlank @Size(max = Item.MAX_NAME) String supply,
            @Nullable @Size(max = 100) String category,
            long priority,
            @PositiveOrZero @Max(Quantia.MAX) @Nullable Long quantity,
            @Nullable String createdAt) {
        static final long UNDER_CONTROL = 0;
        static final long SURPLUS = 1;
        static final long NEEDED = 10;
        static final long URGENT = 100;
        static final Set<Long> PRIORITIES = Set.of(UNDER_CONTROL, SURPLUS, NEEDED, URGENT);

        boolean needed() {
            return priority == NEEDED || priority == URGENT;
        }

        boolean surplus() {
            return priority == SURPLUS;
        }

        Categoria categoria() {
            var ours = category == null ? Categoria.OUTRO : CATEGORIES.getOrDefault(folded(category), Categoria.OUTRO);
            return ours == Categoria.ALIMENTO && WATER.matcher(folded(supply)).matches() ? Categoria.AGUA : ours;
        }
    }

    /// What one need or offer is made of.
    private static final class Goods {
        private final Map<String, Line> lines = new LinkedHashMap<>();
        private final Set<String> categories = new LinkedHashSet<>();
        private boolean urgent;

        /// @param known 0 when no quantity is known
        private record Line(String item, long known) {
            Line plus(Line doubled) {
                return new Line(item, known + doubled.known);
            }
        }

        /// Doubled supplies are one line, whose quantity is the sum of those that are known.
        void add(Supply supply) {
            var line = new Line(Item.spelling(supply.supply), requireNonNullElse(supply.quantity, 0L));
            lines.merge(Item.key(supply.supply), line, Line::plus);
            if (supply.category != null) {
                categories.add(supply.category);
            }
            urgent |= supply.priority == Supply.URGENT;
        }

        boolean has(Supply supply) {
            return lines.containsKey(Item.key(supply.supply));
        }

        List<Item> items() {
            return lines.values().stream()
                    .map(line -> new Item(line.item, Math.max(1, line.known), UNIT))
                    .toList();
        }

        boolean estimated() {
            return lines.values().stream().anyMatch(line -> line.known == 0);
        }
    }

    @Override
    public List<DomainCommand> commands(String line) {
        var place = binder.read(binder.object(line), Place.class);
        binder.requireValid(List.of(place));
        requirePriorities(place.supplies);
        var needed = goods(place.supplies, Supply::needed);
        var surplus = goods(
                place.supplies,
                supply -> supply.surplus()
                        && !needed.getOrDefault(supply.categoria(), new Goods()).has(supply));
        var bodies = new ArrayList<Object>();
        var commands = new ArrayList<DomainCommand>();
        needed.forEach((category, goods) -> {
            var nova = necessidade(place, category, goods);
            bodies.add(nova);
            commands.add(nova.command(
                    NecessidadeFormat.id(sender.organizationId(), externalId(place, category)), sender.userId()));
        });
        surplus.forEach((category, goods) -> {
            var nova = oferta(place, category, goods);
            bodies.add(nova);
            commands.add(nova.command(ofertaId(place, category), sender.userId()));
        });
        binder.requireValid(bodies);
        return commands;
    }

    private static void requirePriorities(List<Supply> supplies) {
        for (int i = 0; i < supplies.size(); i++) {
            if (!Supply.PRIORITIES.contains(supplies.get(i).priority)) {
                throw Problem.invalid("supplies[" + i + "].priority", "deve ser 0, 1, 10 ou 100");
            }
        }
    }

    private static Map<Categoria, Goods> goods(List<Supply> supplies, Predicate<Supply> which) {
        var goods = new EnumMap<Categoria, Goods>(Categoria.class);
        supplies.stream()
                .filter(which)
                .forEach(supply -> goods.computeIfAbsent(supply.categoria(), _ -> new Goods())
                        .add(supply));
        return goods;
    }

    private static NovaNecessidade necessidade(Place place, Categoria category, Goods goods) {
        return new NovaNecessidade(
                null,
                category,
                goods.items(),
                local(place),
                goods.urgent ? Urgencia.CRITICA : Urgencia.MEDIA,
                null,
                metadata(place, goods));
    }

    private NovaOferta oferta(Place place, Categoria category, Goods goods) {
        return new NovaOferta(
                null, category, goods.items(), local(place), now.plus(OFFERED_FOR), metadata(place, goods));
    }

    private static String externalId(Place place, Categoria category) {
        return SOURCE + ":" + place.placeId + ":" + category;
    }

    private OfertaId ofertaId(Place place, Categoria category) {
        return new OfertaId(NameUuid.of(sender.organizationId(), "oferta:" + externalId(place, category)));
    }

    /// The data withholds a place's name, so it is told by what kind it is, its id and where it lies.
    private static Local local(Place place) {
        var kind = place.kind == null || place.kind.equals("Shelter") ? "Abrigo" : place.kind;
        var shortId = place.placeId.substring(0, Math.min(8, place.placeId.length()));
        var name = new StringBuilder(kind).append(' ').append(shortId);
        append(name, place.neighbourhood);
        append(name, place.city);
        return new Local(name.toString(), place.latitude, place.longitude);
    }

    private static void append(StringBuilder name, @Nullable String part) {
        if (part != null && !part.isBlank()) {
            name.append(", ").append(part.strip());
        }
    }

    private static Map<String, String> metadata(Place place, Goods goods) {
        var metadata = new TreeMap<String, String>();
        metadata.put("source", SOURCE);
        metadata.put("placeId", place.placeId);
        put(metadata, "verified", place.verified);
        put(metadata, "capacity", place.capacity);
        put(metadata, "sheltered", place.sheltered);
        metadata.put("sourceCategories", String.join("; ", goods.categories));
        if (goods.estimated()) {
            metadata.put("quantidadeEstimada", "true");
        }
        return metadata;
    }

    private static void put(Map<String, String> metadata, String key, @Nullable Object value) {
        if (value != null) {
            metadata.put(key, value.toString());
        }
    }

    private static String folded(String text) {
        var decomposed = Normalizer.normalize(Item.key(text), Normalizer.Form.NFD);
        return ACCENTS.matcher(decomposed).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
