using Accounts.Core.Passwords.Hashing;
using Accounts.Core.Users;

namespace Accounts.Core.Import;

/// <summary>Reads a user of the other system by the rules of this one: what can be here, and what is wrong with the rest.</summary>
internal sealed class CandidateReader(ImportRules rules, ImportSummary summary)
{
    private const int MostNames = 100;

    public Candidate Read(ForeignUser user)
    {
        var email = ImportText.Tidy(user.Email);
        EmailAddress? address = null;
        var refusal = user.Problem ?? OfLegacyId(user.LegacyId) ?? OfName(user) ?? OfAddress(email, out address);
        if (refusal is not null)
        {
            return Refused(user, refusal);
        }
        var judged = ForeignHash.Judge(user.PasswordHash, rules.BareSha256);
        if (judged.Refusal is not null)
        {
            return Refused(user, $"The password's hash is refused: {judged.Refusal}.");
        }
        if (judged.Stored is { } hash && ImportText.Mistake(hash, ForeignHash.Longest) is { } mistake)
        {
            return new Candidate(user) { Refusal = $"The password's hash {mistake}." };
        }
        return Named(user, Of(user, address!, judged));
    }

    private static Candidate Refused(ForeignUser user, string why) => new(user) { Refusal = why, IsActive = user.IsActive || user.Problem is not null };

    private Candidate Of(ForeignUser user, EmailAddress address, HashJudgement judged)
    {
        List<string> notes = [.. user.Notes];
        if (judged.WantsReset)
        {
            notes.Add("The password protects so little that a new one is asked for at the first sign-in.");
        }
        return new Candidate(user)
        {
            Notes = notes,
            Email = address,
            Verified = IsVerified(user),
            Hash = judged.Stored,
            IsActive = user.IsActive,
            DateJoined = Moment(user.DateJoined),
            LastLogin = Moment(user.LastLogin),
            FirstName = ImportText.Tidy(user.FirstName) ?? "",
            LastName = ImportText.Tidy(user.LastName) ?? "",
            Roles = RolesOf(user, notes),
            Identities = ForeignIdentities.Read(user, rules.Issuers, alone: IsVerified(user) || judged.Stored is null, notes),
        };
    }

    private bool IsVerified(ForeignUser user) => user.EmailVerified || rules.TrustAddresses;

    private static string? OfLegacyId(string id) =>
        id.Length == 0 ? "It has no id there, by which it could be found again."
        : ImportText.Mistake(id, User.LongestLegacyId) is { } mistake ? $"The id there {mistake}."
        : null;

    private static string? OfName(ForeignUser user) =>
        ImportText.Mistake(ImportText.Tidy(user.FirstName) ?? "", User.LongestName) is { } first ? $"The first name {first}."
        : ImportText.Mistake(ImportText.Tidy(user.LastName) ?? "", User.LongestName) is { } last ? $"The last name {last}."
        : null;

    private static string? OfAddress(string? email, out EmailAddress? address)
    {
        address = null;
        return email is null ? "It has no e-mail address, and every user here has one."
            : EmailAddress.TryParse(email, out address) ? null
            : $"\"{ImportText.Shown(email)}\" is no e-mail address.";
    }

    /// <summary>Who is called so already stays so, be the name reserved by now. An address is none: whose it is would be asked of the addresses.</summary>
    private Candidate Named(ForeignUser user, Candidate candidate)
    {
        var name = ImportText.Tidy(user.Username);
        if (name is null)
        {
            return candidate with { Wanted = Suggested(candidate, candidate.Email!.LocalPart) };
        }
        if (!Username.MistakesOfForm(name).Any())
        {
            return candidate with { Username = new Username(name) };
        }
        if (EmailAddress.TryParse(name, out var address))
        {
            candidate.Notes.Add(address.Key == candidate.Email!.Key
                ? "The username is the address, which goes on signing in; they get another name."
                : $"The username \"{ImportText.Shown(name)}\" is an address, and not theirs: it signs in no more, and they get another name.");
            return candidate with { Wanted = Suggested(candidate, address.LocalPart) };
        }
        if (rules.SuggestUsernames)
        {
            candidate.Notes.Add($"The username \"{ImportText.Shown(name)}\" cannot be one here, and becomes another.");
            return candidate with { Wanted = name };
        }
        return candidate with { Refusal = $"\"{ImportText.Shown(name)}\" cannot be a username here: {Username.MistakesOfForm(name).First()}" };
    }

    /// <summary>As where a provider signs somebody up: by their name, which is no secret.</summary>
    private static string Suggested(Candidate candidate, string otherwise) => $"{candidate.FirstName} {candidate.LastName}".Trim() is { Length: > 0 } name ? name : otherwise;

    private RoleNames RolesOf(ForeignUser user, List<string> notes)
    {
        var mapped = new List<string>();
        foreach (var name in user.Roles)
        {
            if (rules.Roles.TryGetValue(name, out var role))
            {
                mapped.Add(role);
            }
            else if (summary.RolesLeftOut.Count < MostNames || summary.RolesLeftOut.ContainsKey(name))
            {
                summary.RolesLeftOut[name] = summary.RolesLeftOut.GetValueOrDefault(name) + 1;
            }
        }
        if (mapped.Count > 0 && !IsVerified(user))
        {
            notes.Add($"The role {string.Join(", ", mapped.Distinct())} is left out: only who is verified holds roles.");
            return RoleNames.None;
        }
        if (RoleNames.TryRead(mapped, out var roles, out var mistake))
        {
            return roles;
        }
        notes.Add($"The roles are left out: {mistake}");
        return RoleNames.None;
    }

    /// <summary>Null for one that nobody can have joined at, and then it is now.</summary>
    private static DateTimeOffset? Moment(DateTimeOffset? there) =>
        there is { } at && ImportText.CanHaveBeen(at) ? at.ToUniversalTime() : null;
}
