namespace Accounts.Tests.Http.Fuzz;

/// <summary>
/// Deals plans in an order that only the seed decides: by turns from piles of every text for every place. One in eight
/// brings a second text, in a header.
/// </summary>
internal sealed class FuzzDeck
{
    private const int LongestSecond = 10_000;

    private readonly Random random;
    private readonly (int Turns, FuzzPlan[] Plans)[] piles;
    private readonly FuzzPlan[] headers;

    public FuzzDeck(FuzzOperation[] operations, int seed)
    {
        random = new Random(seed);
        headers = Shuffled(operations.SelectMany(Headers));
        piles =
        [
            (12, Shuffled(operations.SelectMany(Members))), (2, Shuffled(operations.SelectMany(Bodies))), (2, Shuffled(operations.SelectMany(Parameters))),
            (2, headers), (1, Shuffled(operations.SelectMany(Targets))), (1, Shuffled(operations.SelectMany(Methods))),
        ];
    }

    public FuzzPlan[] Deal(int count)
    {
        var turns = piles.Sum(pile => pile.Turns);
        var dealt = piles.SelectMany(pile => Enumerable.Range(0, count * pile.Turns / turns).Select(index => WithSecond(pile.Plans[index % pile.Plans.Length]))).ToArray();
        random.Shuffle(dealt);
        return dealt;
    }

    private FuzzPlan WithSecond(FuzzPlan plan)
    {
        var second = headers[random.Next(headers.Length)].Mutations[0];
        return random.Next(8) > 0 || second.Text.Bytes.Length > LongestSecond ? plan : plan with { Mutations = [.. plan.Mutations, second] };
    }

    private FuzzPlan[] Shuffled(IEnumerable<FuzzPlan> plans)
    {
        var pile = plans.ToArray();
        random.Shuffle(pile);
        return pile;
    }

    private static IEnumerable<FuzzPlan> Members(FuzzOperation operation) =>
        from mediaType in operation.Members.Count > 0 ? FuzzOperation.MediaTypes : []
        from member in operation.Members.Keys.Append("")
        from text in FuzzCorpus.All
        select new FuzzPlan(operation, mediaType, [new FuzzMutation(member.Length > 0 ? FuzzPlace.Member : FuzzPlace.MemberName, member, text)]);

    private IEnumerable<FuzzPlan> Bodies(FuzzOperation operation) =>
        from mediaType in operation.Members.Count > 0 ? FuzzOperation.MediaTypes : []
        from body in FuzzBrokenBodies.Of(operation, mediaType, random)
        select new FuzzPlan(operation, mediaType, [new FuzzMutation(FuzzPlace.Body, "", body)]);

    private IEnumerable<FuzzPlan> Parameters(FuzzOperation operation) => Plans(operation, operation.Parameters);

    private IEnumerable<FuzzPlan> Headers(FuzzOperation operation) => Plans(operation, FuzzOperation.CommonHeaders.Select(name => (FuzzPlace.Header, name)));

    private IEnumerable<FuzzPlan> Targets(FuzzOperation operation) =>
        Plans(operation, [.. operation.Segments.Select((_, index) => (FuzzPlace.Segment, $"{index}")), (FuzzPlace.Query, "page"), (FuzzPlace.QueryName, "")]);

    private IEnumerable<FuzzPlan> Plans(FuzzOperation operation, IEnumerable<(FuzzPlace Place, string Name)> places) =>
        from place in places
        from text in FuzzCorpus.All
        select new FuzzPlan(operation, AnyType(), [new FuzzMutation(place.Place, place.Name, text, place.Place is not (FuzzPlace.Header or FuzzPlace.Cookie) && random.Next(4) == 0)]);

    private IEnumerable<FuzzPlan> Methods(FuzzOperation operation) =>
        FuzzCorpus.Methods.Select(method => new FuzzPlan(operation, AnyType(), [new FuzzMutation(FuzzPlace.Method, "", method)]));

    private string AnyType() => FuzzOperation.MediaTypes[random.Next(FuzzOperation.MediaTypes.Length)];
}
