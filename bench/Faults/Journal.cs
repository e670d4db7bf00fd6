using System.Collections.Concurrent;
using System.Diagnostics;

namespace Faults;

/// <summary>What clients were told, and what of it turned out not to be so.</summary>
internal sealed class Journal
{
    private readonly ConcurrentQueue<(string Request, long At, TimeSpan Took, bool Good)> requests = new();
    private readonly ConcurrentDictionary<string, int> notes = new(StringComparer.Ordinal);
    private int acknowledged, lost, doubled, wrong, signedOut, unavailable, proxyErrors, nothing, skewed;

    public int Acknowledged => acknowledged;

    public int Lost => lost;

    public int Doubled => doubled;

    public int Wrong => wrong;

    public int SignedOut => signedOut;

    public int Unavailable => unavailable;

    public int ProxyErrors => proxyErrors;

    public int Nothing => nothing;

    /// <summary>Access tokens that the clock of the other node refused.</summary>
    public int Skewed => skewed;

    public int Requests => requests.Count;

    /// <summary>What went wrong, how often.</summary>
    public IEnumerable<string> Notes => notes.OrderByDescending(note => note.Value).Select(note => $"{note.Value} times: {note.Key}");

    public void Acknowledge() => Interlocked.Increment(ref acknowledged);

    public void Skew() => Interlocked.Increment(ref skewed);

    public void Lose(string what) => Note(ref lost, $"lost: {what}");

    public void Double(string what) => Note(ref doubled, $"doubled: {what}");

    public void Accuse(string what) => Note(ref wrong, $"wrong: {what}");

    public void SignOut(string what) => Note(ref signedOut, $"signed out: {what}");

    private void Note(ref int count, string what)
    {
        Interlocked.Increment(ref count);
        notes.AddOrUpdate(what.Length > 300 ? what[..300] : what, 1, (_, n) => n + 1);
    }

    /// <param name="request">of what is told</param>
    /// <param name="reply">what came of it</param>
    /// <param name="took">until it came</param>
    /// <param name="viaRelay">its answer may have been lost on the way: nothing that the server has to recover from</param>
    public void Add(string request, Reply reply, TimeSpan took, bool viaRelay)
    {
        if (!viaRelay || reply.Came != Came.Nothing)
        {
            requests.Enqueue((request, Stopwatch.GetTimestamp(), took, reply.Came == Came.Answer && reply.Trouble is null));
        }
        switch (reply.Came)
        {
            case Came.Unavailable:
                Interlocked.Increment(ref unavailable);
                break;
            case Came.ProxyError:
                Interlocked.Increment(ref proxyErrors);
                break;
            case Came.Nothing:
                Interlocked.Increment(ref nothing);
                break;
        }
        if (reply.Trouble is { } trouble)
        {
            Accuse($"{request}: {trouble}");
        }
    }

    /// <summary>From the end of the fault to the last request that was not answered.</summary>
    public TimeSpan Recovery(long faultEnd)
    {
        var bad = requests.Where(request => !request.Good && request.At > faultEnd).Select(request => request.At).DefaultIfEmpty(faultEnd).Max();
        return Stopwatch.GetElapsedTime(faultEnd, bad);
    }

    /// <summary>How long each answer took.</summary>
    public IEnumerable<TimeSpan> Times(string request, long since) => requests.Where(one => one.Good && one.At > since && one.Request == request).Select(one => one.Took);

    public int AnsweredSince(long time) => requests.Count(request => request.Good && request.At > time);
}
