using Accounts.Core.Data.Mappings;
using Accounts.Core.Failures;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Users;

/// <summary>Says which fields of a sign-up or a profile are somebody else's, in Django's words.</summary>
internal static class TakenFields
{
    private static readonly Sentence UsernameTaken = "A user with that username already exists.";
    private static readonly Sentence UsernameLookalike = "A user with a username that looks like this one already exists.";
    private static readonly Sentence EmailTaken = "user with this email already exists.";

    /// <param name="username">what is wrong with it; null where it is free</param>
    /// <param name="email">whether somebody has it</param>
    public static InvalidInputException Error(Sentence? username, bool email)
    {
        var errors = new FieldErrors();
        if (username is not null)
        {
            errors.Add("username", username);
        }
        if (email)
        {
            errors.Add("email", EmailTaken);
        }
        return new InvalidInputException(errors) { IsTaken = true };
    }

    /// <summary>For a newcomer: an index has decided, and looking now only words the answer, for it names one of two fields that may both be taken.</summary>
    public static async Task<InvalidInputException> OfNewcomerAsync(IQueryable<User> users, User newcomer, string? index, CancellationToken cancellation)
    {
        var username = await OfUsernameAsync(users, newcomer, cancellation) ?? OfUsername(index);
        var email = username is null || await users.AnyAsync(u => u.NormalizedEmail == newcomer.NormalizedEmail, cancellation);
        return Error(username, email);
    }

    /// <summary>What is wrong with the username where this index has decided; null where it was another's affair.</summary>
    public static Sentence? OfUsername(string? index) => index switch
    {
        UserMapping.UsernameIndex => UsernameTaken,
        UserMapping.ShapeIndex => UsernameLookalike,
        _ => null,
    };

    /// <summary>What is wrong with a newcomer's username now: somebody has it, or one that looks like it. Null where it is free.</summary>
    public static async Task<Sentence?> OfUsernameAsync(IQueryable<User> users, User newcomer, CancellationToken cancellation)
    {
        var taken = await users.Where(u => u.NormalizedUserName == newcomer.NormalizedUserName || u.UsernameShape == newcomer.UsernameShape)
            .Select(u => u.NormalizedUserName).ToListAsync(cancellation);
        return taken.Count == 0 ? null : taken.Contains(newcomer.NormalizedUserName) ? UsernameTaken : UsernameLookalike;
    }
}
