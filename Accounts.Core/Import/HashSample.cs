using Accounts.Core.Import.Reading;
using Accounts.Core.Passwords.Hashing;
using Accounts.Core.Users;

namespace Accounts.Core.Import;

/// <summary>How a sample of passwords fared against the hashes of the other system.</summary>
/// <param name="Matching">whose password is the hash's</param>
/// <param name="Failing">lines of the sample that did not match, each with why; nothing of a password</param>
public sealed record SampleOutcome(int Matching, IReadOnlyList<string> Failing);

/// <summary>
/// Proves before the move that hashes match: people who were asked (the team's own accounts, a few friends) with their passwords, one
/// <c>identifier,password</c> a line. Nothing is written.
/// </summary>
public sealed class HashSample
{
    private const int Most = 10_000;

    private readonly Dictionary<string, (long Line, string Password)> asked = new(StringComparer.Ordinal);
    private readonly SortedDictionary<long, string> failing = [];

    private HashSample()
    {
    }

    /// <exception cref="ForeignDataException">it cannot be read, or a line is no such pair</exception>
    public static async Task<HashSample> ReadAsync(string file, CancellationToken cancellation)
    {
        using var reader = new StreamReader(ForeignFile.Open(file));
        var sample = new HashSample();
        await foreach (var record in new CsvRecords(reader).ReadAsync(cancellation))
        {
            if (record is not { Problem: null, Fields: [{ Length: > 0 } identifier, { Length: > 0 } password] })
            {
                throw new ForeignDataException($"{file}, line {record.Line}: write identifier,password on each line.");
            }
            if (sample.asked.Count == Most)
            {
                throw new ForeignDataException($"{file} has more than {Most} lines: a sample is smaller.");
            }
            sample.asked[Key(identifier)] = (record.Line, password);
            sample.failing[record.Line] = "nobody there has this address, username or id";
        }
        return sample;
    }

    /// <exception cref="ForeignDataException">the users cannot be read</exception>
    public async Task<SampleOutcome> VerifyAsync(IForeignUsers source, ImportRules rules, CancellationToken cancellation)
    {
        var (matching, reader) = (0, new CandidateReader(rules, new ImportSummary()));
        await foreach (var user in source.ReadAsync(cancellation))
        {
            foreach (var (line, password) in Lines(user))
            {
                var candidate = reader.Read(user);
                var why = candidate.Refusal ?? (candidate.Hash is null ? "has no password there" : ForeignHash.Verify(candidate.Hash, password) ? null : "the password does not match the hash");
                matching += why is null && failing.Remove(line) ? 1 : 0;
                if (why is not null && failing.ContainsKey(line))
                {
                    failing[line] = why;
                }
            }
        }
        return new SampleOutcome(matching, [.. failing.Select(line => $"line {line.Key}: {line.Value}")]);
    }

    private (long Line, string Password)[] Lines(ForeignUser user) =>
    [
        .. new[] { user.Email, user.Username, user.LegacyId }.OfType<string>().Select(Key).Distinct().Where(asked.ContainsKey).Select(key => asked[key]).Distinct(),
    ];

    private static string Key(string identifier) => EmailAddress.TryParse(identifier.Trim(), out var address) ? address.Key : LookupKey.OfUsername(identifier.Trim());
}
