using System.Text.Json.Serialization;

namespace Accounts.Api.Users;

[JsonSerializable(typeof(UserResponse))]
internal sealed partial class UsersJson : JsonSerializerContext;
