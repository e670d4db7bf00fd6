namespace Accounts.Tests.Sessions;

/// <summary>When a thief comes, of the ticks between two refreshes of the owner; the leeway is some of them.</summary>
/// <param name="Most">how many of the owner's periods he gets an access token in, whatever he does; <see cref="TheftModel.Horizon"/> for all that were looked at</param>
public sealed record Thief(string Comes, Func<TheftModel, int, bool> At, int Most, bool AnswersAreLost = false);

/// <summary>
/// A session whose cookie somebody has copied. The owner refreshes once a period and keeps what the answer sets; the thief presents, as often as he likes,
/// whatever he has and whenever he may come. Every move of his is tried, and every loss of an answer to the owner (never two in a row) where they are lost.
/// </summary>
public sealed class TheftModel(int leeway, int period, Thief thief)
{
    public const int Horizon = 12;

    private readonly Dictionary<State, int> best = [];

    public int Leeway => leeway;

    public int Period => period;

    /// <param name="Row">as it is now</param>
    /// <param name="Age">ticks since the last rotation, no more than the leeway</param>
    /// <param name="Tick">of the owner's period; at 0 the owner has just been there</param>
    /// <param name="Owner">the generation in the owner's jar</param>
    /// <param name="Stolen">what the thief has</param>
    /// <param name="Left">periods that are looked at</param>
    /// <param name="HasHad">whether he got an access token in this one</param>
    /// <param name="HasLost">whether the owner's last answer was lost</param>
    private readonly record struct State(RefreshRule Row, int Age, int Tick, long Owner, Tokens Stolen, int Left, bool HasHad, bool HasLost);

    /// <summary>Those that are good, -1 for none: the parent, the older child that the owner has, one that the owner has not (any other is as good), the current one.</summary>
    private readonly record struct Tokens(long Parent, long Owners, long Other, long Current)
    {
        public bool Any => All().Any();

        public IEnumerable<long> All()
        {
            var (parent, owners, other, current) = this;
            return new[] { parent, owners, other, current }.Where(token => token >= 0);
        }

        public static Tokens Good(RefreshRule row, IEnumerable<long> tokens, long owner)
        {
            var good = tokens.Where(row.IsGood).ToArray();
            long Only(Func<long, bool> which) => good.Where(which).Append(-1).First();
            bool IsOlderChild(long token) => token >= row.FirstChild && token < row.Current;
            return new Tokens(Only(token => token == row.Parent), Only(token => IsOlderChild(token) && token == owner), Only(token => IsOlderChild(token) && token != owner), Only(token => token == row.Current));
        }
    }

    /// <summary>The most periods, over every moment of the theft: of a new session, of one that is in use, after an answer was lost; of the jar's token or of the one before.</summary>
    public int Most()
    {
        (RefreshRule Row, long Jar, long Before)[] moments = [(RefreshRule.New, 0, 0), (new(1, 0, 1), 1, 0), (new(2, 1, 2), 2, 1), (new(2, 0, 1), 2, 0), (new(1, 0, 1), 0, 0)];
        return moments.SelectMany(m => Enumerable.Range(0, period), (m, tick) => (m, tick))
            .Max(at => new[] { at.m.Jar, at.m.Before }.Max(stolen => From(new State(
                at.m.Row, Math.Min(at.tick, leeway), at.tick, at.m.Jar, Tokens.Good(at.m.Row, [stolen], at.m.Jar), Horizon, false, HasLost: at.m.Jar < at.m.Row.FirstChild))));
    }

    private int From(State state)
    {
        if (state.Left == 0 || !state.Stolen.Any)
        {
            return 0;
        }
        var key = Renamed(state);
        if (!best.TryGetValue(key, out var most))
        {
            best[key] = most = Math.Max(Waits(state), thief.At(this, state.Tick) ? state.Stolen.All().Max(token => Presents(state, token)) : 0);
        }
        return most;
    }

    private int Presents(State state, long token)
    {
        var gained = state.HasHad ? 0 : 1;
        return state.Row.Judge(token, state.Age < leeway) switch
        {
            // A second one in the same period gains nothing.
            Verdict.Itself => state.HasHad ? 0 : gained + From(state with { HasHad = true }),
            Verdict.Next when state.Row.After(token) is var row => gained + From(Moved(state, row, state.Owner, row.Current) with { HasHad = true }),
            _ => 0,
        };
    }

    private int Waits(State state)
    {
        var later = state with { Age = Math.Min(state.Age + 1, leeway), Tick = state.Tick + 1 };
        if (later.Tick < period)
        {
            return From(later);
        }
        later = later with { Tick = 0, Left = state.Left - 1, HasHad = false };
        return later.Row.Judge(later.Owner, later.Age < leeway) switch
        {
            Verdict.Itself => From(later with { HasLost = false }),
            Verdict.Next when later.Row.After(later.Owner) is var row => Math.Max(
                From(Moved(later, row, owner: row.Current) with { HasLost = false }),
                thief.AnswersAreLost && !later.HasLost ? From(Moved(later, row, later.Owner) with { HasLost = true }) : 0),
            _ => 0,
        };
    }

    private static State Moved(State state, RefreshRule row, long owner, long given = -1) =>
        state with { Row = row, Age = 0, Owner = owner, Stolen = Tokens.Good(row, state.Stolen.All().Append(given), owner) };

    /// <summary>Generations by their order alone, or no state would come twice; one that is not good is none.</summary>
    private static State Renamed(State state)
    {
        var (row, owner, stolen) = (state.Row, state.Row.IsGood(state.Owner) ? state.Owner : -1, state.Stolen);
        long[] names = [.. new[] { row.Parent, row.FirstChild, row.Current, owner, stolen.Other }.Where(name => name >= 0).Distinct().Order()];
        long Name(long generation) => Array.IndexOf(names, generation);
        return state with
        {
            Row = new RefreshRule(Name(row.Current), Name(row.Parent), Name(row.FirstChild)), Owner = Name(owner),
            Stolen = new Tokens(Name(stolen.Parent), Name(stolen.Owners), Name(stolen.Other), Name(stolen.Current)),
        };
    }
}
