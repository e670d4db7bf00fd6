using System.Text.Json;

namespace Accounts.Core.Import.Django;

/// <summary>Makes a user of a row and of what belongs to it.</summary>
internal static class DjangoUser
{
    /// <summary>Words that are no group's, whatever a group is called.</summary>
    private const string Staff = "staff", Superuser = "superuser";

    /// <exception cref="ForeignDataException">the project's model is another than whoever runs this says</exception>
    public static ForeignUser Of(DjangoRow row, DjangoProject project)
    {
        try
        {
            return Read(row, project);
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            // The JSON is well-formed, and a text in it is no text: half a character, or bytes that are no UTF-8.
            return new ForeignUser { LegacyId = row.Key, Place = row.Place, Problem = "A text of it is not valid UTF-8." };
        }
    }

    private static ForeignUser Read(DjangoRow row, DjangoProject project)
    {
        var values = new DjangoValues(row, project);
        var address = DjangoAddress.Of(row, values);
        var (identities, notes) = DjangoIdentity.Of(row, project);
        var user = new ForeignUser
        {
            LegacyId = values.Text("legacy_id") ?? row.Key,
            Place = row.Place,
            Username = values.Text("username"),
            Email = address.Email,
            EmailVerified = address.Verified,
            PasswordHash = values.Text("password_hash"),
            IsActive = values.Flag("is_active", otherwise: true),
            DateJoined = values.Time("date_joined"),
            LastLogin = values.Time("last_login"),
            FirstName = values.Text("first_name") ?? "",
            LastName = values.Text("last_name") ?? "",
            Roles = Roles(row, values),
            Identities = identities,
            Notes = address.Left is null ? notes : [address.Left, .. notes],
        };
        return user with { Problem = row.Problem ?? values.Problem };
    }

    /// <summary>A group that is called as a flag is must not get what is meant for that.</summary>
    private static string[] Roles(DjangoRow row, DjangoValues values)
    {
        var groups = row.Groups.Select(name => name is Staff or Superuser ? $"group:{name}" : name);
        return [.. Flags(values), .. groups];
    }

    private static IEnumerable<string> Flags(DjangoValues values)
    {
        if (values.Flag("is_staff", otherwise: false))
        {
            yield return Staff;
        }
        if (values.Flag("is_superuser", otherwise: false))
        {
            yield return Superuser;
        }
    }
}
